import { systemBySlug } from '@studyhall/contract/deck/systems.ts';
import type { Measure } from '@studyhall/contract/measures/measure.ts';
import { registerMeasure } from '@studyhall/contract/measures/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { epochRow, schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';

const margin: Measure = {
  name: 'margin',
  scopes: ['NETWORK'],
  splits: ['VALIDATION', 'TEST'],
  unit: 'LOGIT',
  bounds: { min: 0, max: 1000 },
  better: 'MORE',
  label: 'Margin of the outputs',
  shortLabel: 'Margin',
  format: 'NUMBER',
  shownOn: 'TEST',
  sentence: 'Mean difference of the two largest logits.',
};

/** [samples][classes] to the mean difference of the two largest. */
function marginOf(logits: readonly (readonly number[])[]): number {
  const margins = logits.map((row) => {
    const [first = 0, second = 0] = [...row].sort((one, other) => other - one);
    return first - second;
  });
  return margins.reduce((sum, each) => sum + each, 0) / margins.length;
}

type RowMeasured = {
  statistic: { mean: number; sd: number | null; n: number; interval: number | null };
  seeds: { seed: number; value: number }[];
};

describe('a measure that nothing else knows', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  let forget: () => void;
  /** Test logits by seed, of a run alone and of a preset's group of the deck. */
  const logits: Record<number, number[][]> = {
    1: [[3, 1, 0]],
    2: [
      [2, 2, 9],
      [0, 1, 2],
    ],
    3: [[5, 5, 5]],
  };
  const alone = { ...smallSpec, training: { epochs: 1 } };
  const deck = systemBySlug('mutual')?.presets[0]?.groups[0];
  beforeAll(async () => {
    forget = registerMeasure(margin);
    const trainer = await TestTrainer.join(rules.house);
    const train = async (spec: object, seeds: readonly number[], scale: number) => {
      for (const seed of seeds) {
        await schedule(rules.house, spec, [seed]);
        const claim = await trainer.claimOrFail();
        const networks = claim.spec.networks.map(() => ({
          measurements: [{ measure: 'margin', split: 'TEST', value: scale * marginOf(logits[seed] ?? []) }],
        }));
        const validated = { measurements: [{ measure: 'margin', split: 'VALIDATION', value: 0.5 }] };
        const epochs = Array.from({ length: claim.spec.training.epochs }, (_, i) =>
          networks.map((_, network) => epochRow(network, i + 1, validated)),
        );
        await trainer.commit(claim, { epochs: epochs.flat() });
        const { errors } = await trainer.finish(
          claim,
          networks.map(() => 0.5),
          networks.length > 1 ? 0.5 : undefined,
          { networks },
        );
        if (errors) throw new Error(JSON.stringify(errors));
      }
    };
    await train(alone, [1, 2, 3], 1);
    await train(deck?.spec ?? {}, [1, 2], 10);
  });
  afterAll(() => forget());

  it('is in the list of measures, with how it is said', async () => {
    const { measures } = await suite.api.get<{ measures: { name: string }[] }>(
      '{ measures { name scopes splits unit min max better label shortLabel format shownOn sentence } }',
    );
    const { bounds, ...said } = margin;
    expect(measures.find(({ name }) => name === 'margin')).toEqual({ ...said, ...bounds });
  });

  it('is read of networks and epochs', async () => {
    const { runs } = await suite.api.get<{ runs: { edges: { node: object }[] } }>(
      `{ runs(sort: CREATED, direction: ASC, first: 1) { edges { node {
        networks { measurements(measure: "margin") { split value } } metrics { epochs { measurements { measure { shortLabel } value } } } } } } }`,
    );
    expect(runs.edges[0]?.node).toEqual({
      networks: [{ measurements: [{ split: 'TEST', value: 2 }] }],
      metrics: { epochs: [{ measurements: [{ measure: { shortLabel: 'Margin' }, value: 0.5 }] }] },
    });
  });

  it('orders the leaderboard, which gives it over seeds', async () => {
    const board = async (direction: string) => {
      const { leaderboard } = await suite.api.get<{
        leaderboard: { edges: { node: { models: string[]; measurements: RowMeasured[] } }[] };
      }>(
        `{ leaderboard(by: { measure: "margin", split: TEST }, direction: ${direction}) { edges { node {
          models measurements(measure: "margin", split: TEST) { statistic { mean sd n interval } seeds { seed value } } } } } }`,
      );
      return leaderboard.edges.map(({ node }) => node.measurements);
    };
    const down = await board('DESC');
    // Margins 2, 4 and 0: mean 2, sd 2, interval 4.302653 · 2 / √3; of the deck's pair 20 and 40, each of its networks; its ensemble has none.
    expect(down.map(([row]) => row?.statistic.mean)).toEqual([30, 30, 2, undefined]);
    expect((await board('ASC')).map(([row]) => row?.statistic.mean)).toEqual([2, 30, 30, undefined]);
    expect(down[2]).toEqual([
      {
        statistic: { mean: 2, sd: 2, n: 3, interval: expect.closeTo(4.968276, 5) },
        seeds: [
          { seed: 1, value: 2 },
          { seed: 2, value: 4 },
          { seed: 3, value: 0 },
        ],
      },
    ]);
  });

  it('stands in a table of the deck', async () => {
    const { deckSystem } = await suite.api.get<{
      deckSystem: { preset: { groups: { key: string; results: { network: number | null; measurements: RowMeasured[] }[] }[] } };
    }>(
      `{ deckSystem(slug: "mutual") { preset(scale: TINY) { groups { key results {
        network measurements(measure: "margin") { statistic { mean sd n interval } seeds { seed value } } } } } } }`,
    );
    const results = deckSystem.preset.groups.find(({ key }) => key === deck?.key)?.results ?? [];
    expect(results.map(({ network, measurements: [row] }) => [network, row?.statistic.mean, row?.statistic.n])).toEqual([
      [0, 30, 2],
      [1, 30, 2],
      [null, undefined, undefined],
    ]);
  });

  it('is refused beyond its bounds, and on a split that it is not measured on', async () => {
    const sort = (by: string) => suite.api.refusal(`{ leaderboard(by: ${by}) { totalCount } }`, {});
    expect((await sort('{ measure: "margin", split: TRAIN }')).message).toBe('by.split is TRAIN; margin is measured on VALIDATION, TEST.');
    expect((await sort('{ measure: "margins", split: TEST }')).message).toMatch(
      /^There is no measure "margins"; there are accuracy, .*, margin\.$/,
    );
  });
});
