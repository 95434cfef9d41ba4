import { beforeAll, describe, expect, it } from 'vitest';
import { epochRow, schedule, smallSpec, type TestClaim, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';

type Measured = { measure: { name: string }; split: string; value: number; pair: number[] | null };
const measured = 'measure { name } split value pair';
const say = (measurements: readonly Measured[]) =>
  measurements.map(({ measure, split, value, pair }) => `${measure.name} ${split} ${value}${pair ? ` of ${pair.join(' and ')}` : ''}`);

describe('measurements', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  let trainer: TestTrainer;
  beforeAll(async () => {
    trainer = await TestTrainer.join(rules.house);
  });

  const begin = async (seed: number, by = trainer): Promise<TestClaim> => {
    await schedule(rules.house, { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }], training: { epochs: 2 } }, [seed]);
    return by.claimOrFail();
  };
  const figures = async (id: string) =>
    (
      await suite.api.get<{
        run: {
          networks: { result: Record<string, number>; measurements: Measured[]; onTest: Measured[]; entropies: Measured[] }[];
          cohort: { ensembleValidationEntropy: number; disagreement: number; measurements: Measured[] };
          metrics: {
            epochs: {
              epoch: number;
              network: number;
              trainEntropy: number | null;
              validationEntropy: number | null;
              measurements: Measured[];
            }[];
            cohort: { epoch: number; disagreement: number | null; measurements: Measured[] }[];
          };
        };
      }>(
        `query ($id: ID!) { run(id: $id) {
          networks { result { validationEntropy testEntropy withheldAccuracy biasCorrection correctedAccuracy correctedWithheldAccuracy }
            measurements { ${measured} } onTest: measurements(split: TEST) { ${measured} } entropies: measurements(measure: "entropy") { ${measured} } }
          cohort { ensembleValidationEntropy disagreement measurements { ${measured} } }
          metrics { epochs { epoch network trainEntropy validationEntropy measurements { ${measured} } }
            cohort { epoch disagreement measurements { ${measured} } } } } }`,
        { id },
      )
    ).run;

  it('are reported by name, and read by name and in the fields that some of them have', async () => {
    const claim = await begin(1);
    const entropy = (split: string, value: number) => ({ measure: 'entropy', split, value });
    const epochs = [1, 2].flatMap((epoch) => [
      epochRow(0, epoch, { measurements: [entropy('TRAIN', epoch), entropy('VALIDATION', epoch / 10)] }),
      // As trainers reported them before.
      epochRow(1, epoch, { trainEntropy: epoch / 100 }),
    ]);
    const cohort = [
      { epoch: 2, measurements: [{ measure: 'disagreement', split: 'VALIDATION', value: 0.5, pair: [1, 0] }], disagreement: 0.25 },
    ];
    expect(await trainer.commit(claim, { epochs, cohort })).not.toHaveProperty('errors');
    const answer = await trainer.finish(claim, [0.6, 0.7], 0.8, {
      networks: [
        {
          measurements: [
            entropy('TEST', 0.375),
            { measure: 'withheldAccuracy', split: 'TEST', value: 0.125 },
            { measure: 'biasCorrection', split: 'VALIDATION', value: -2 },
          ],
        },
        { validationEntropy: 0.5, correctedAccuracy: 0.25 },
      ],
      cohort: { ensembleValidationEntropy: 0.75, measurements: [{ measure: 'disagreement', split: 'TEST', value: 0.125 }] },
    });
    expect(answer).not.toHaveProperty('errors');

    const run = await figures(claim.runId);
    expect(run.networks.map(({ result }) => result)).toEqual([
      {
        validationEntropy: null,
        testEntropy: 0.375,
        withheldAccuracy: 0.125,
        biasCorrection: -2,
        correctedAccuracy: null,
        correctedWithheldAccuracy: null,
      },
      expect.objectContaining({ validationEntropy: 0.5, testEntropy: null, correctedAccuracy: 0.25 }),
    ]);
    expect(say(run.networks[0]?.measurements ?? [])).toEqual([
      'accuracy TRAIN 0.99',
      'accuracy VALIDATION 0.6',
      'accuracy TEST 0.59',
      'entropy TEST 0.375',
      'withheldAccuracy TEST 0.125',
      'biasCorrection VALIDATION -2',
    ]);
    expect(say(run.networks[0]?.onTest ?? [])).toEqual(['accuracy TEST 0.59', 'entropy TEST 0.375', 'withheldAccuracy TEST 0.125']);
    expect(say(run.networks[1]?.entropies ?? [])).toEqual(['entropy VALIDATION 0.5']);
    expect(run.cohort).toMatchObject({ ensembleValidationEntropy: 0.75, disagreement: 0.125 });
    expect(say(run.cohort.measurements)).toEqual([
      'accuracy VALIDATION 0.8',
      'accuracy TEST 0.79',
      'entropy VALIDATION 0.75',
      'disagreement TEST 0.125',
    ]);
    expect(run.metrics.epochs.map(({ trainEntropy, validationEntropy }) => [trainEntropy, validationEntropy])).toEqual([
      [1, 0.1],
      [0.01, null],
      [2, 0.2],
      [0.02, null],
    ]);
    expect(run.metrics.cohort.map(({ disagreement }) => disagreement)).toEqual([0.25]);
    expect(say(run.metrics.cohort[0]?.measurements ?? []).sort()).toEqual([
      'disagreement VALIDATION 0.25',
      'disagreement VALIDATION 0.5 of 0 and 1',
    ]);
    expect(await suite.database.query('SELECT DISTINCT job_id FROM measurements')).toEqual([{ job_id: claim.jobId }]);
  });

  it('go with the rows they belong to, when a run goes back to its checkpoint', async () => {
    const claim = await begin(2);
    const row = (epoch: number, value: number) => [0, 1].map((network) => epochRow(network, epoch, { validationEntropy: value }));
    await trainer.commit(claim, { epochs: [...row(1, 1), ...row(2, 2)], cohort: [1, 2].map((epoch) => ({ epoch, disagreement: 0.5 })) });
    await trainer.handBack(claim);
    const again = await trainer.claimOrFail();
    expect(again.runId).toBe(claim.runId);
    expect(await rules.db.measurement.count({ where: { runId: claim.runId } })).toBe(0);
    await trainer.commit(again, { epochs: row(1, 3) });
    await trainer.commit(again, { epochs: row(1, 4) });
    expect((await figures(claim.runId)).metrics.epochs.map(({ validationEntropy }) => validationEntropy)).toEqual([4, 4]);
    await trainer.fail(again, { permanent: true });
  });

  it('are refused by what the registry says of them, with their place; then nothing is stored', async () => {
    // Over HTTP: some bounds are the contract's own.
    const trainer = await TestTrainer.join(suite.api);
    const claim = await begin(3, trainer);
    const all = { epochs: [0, 1].flatMap((network) => [1, 2].map((epoch) => epochRow(network, epoch))) };
    expect(await trainer.commit(claim, all)).not.toHaveProperty('errors');
    const finish = async (network: object, cohort: object = {}) => {
      const { errors } = await trainer.finish(claim, [0.5, 0.6], 0.7, { networks: [{}, network], cohort });
      return `${errors?.[0]?.extensions.code} ${errors?.[0]?.message}`;
    };
    const one = (measure: string, split: string, value: number, more: object = {}) => ({
      measurements: [{ measure, split, value, ...more }],
    });
    expect(await finish(one('sharpness', 'TEST', 1))).toMatch(
      /^BAD_INPUT networks\.1\.measurements\.0: measure "sharpness" is not known; there are entropy, /,
    );
    expect(await finish(one('entropy', 'TEST', -1))).toBe(
      'BAD_INPUT networks.1.measurements.0: value of entropy is -1; it has to be from 0 to 100.',
    );
    expect(await finish(one('entropy', 'TEST', 1e300))).toMatch(/BAD_INPUT .*value is 1e\+300; it has to be/);
    expect(await finish(one('withheldAccuracy', 'TRAIN', 1))).toMatch(/not measured on TRAIN/);
    expect(await finish(one('disagreement', 'TEST', 1))).toMatch(/not of a network/);
    expect(await finish(one('accuracy', 'TEST', 1))).toMatch(/fields of its own/);
    expect(await finish({ ...one('entropy', 'TEST', 1), testEntropy: 2 })).toBe(
      'BAD_INPUT networks.1.testEntropy: entropy on TEST stands twice.',
    );
    expect(await finish({ measurements: Array(65).fill(one('entropy', 'TEST', 1).measurements[0]) })).toMatch(/it may hold 64/);
    expect(await finish({}, one('disagreement', 'TEST', 1, { pair: [0, 0] }))).toMatch(/two different networks/);
    expect(await finish({}, one('disagreement', 'TEST', 1, { pair: [0, 5] }))).toMatch(/names network 5; the run has networks 0, 1/);
    expect(await finish(one('disagreement', 'TEST', 1, { pair: [0, 1] }))).toMatch(/stand with the cohort's/);
    expect(await rules.db.measurement.count({ where: { runId: claim.runId } })).toBe(0);
  });
});
