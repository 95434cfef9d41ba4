import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { logitsFile } from '../testing/logits-file.ts';
import { useApi } from '../testing/suite.ts';

const logOf = (rows: readonly (readonly number[])[]) => rows.flat().map(Math.log);

/** Four samples of two classes; of each network the probabilities of both. */
const labels = [0, 0, 1, 1];
const indices = [4, 8, 15, 16];
const saying = {
  first: [[0.9, 0.1], [0.4, 0.6], [0.2, 0.8], [0.2, 0.8]],
  second: [[0.3, 0.7], [0.9, 0.1], [0.2, 0.8], [0.2, 0.8]],
  third: [[0.9, 0.1], [0.9, 0.1], [0.2, 0.8], [0.2, 0.8]],
}; // biome-ignore format: a row is a sample

type Files = readonly (Uint8Array<ArrayBuffer> | null)[];

describe('figures of stored logits', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const two = { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }] };
  const file = (name: keyof typeof saying) => logitsFile(2, logOf(saying[name]), labels, indices);
  let seed = 0;

  /** A run whose networks said that. @returns their ids. */
  async function runOf(validation: Files, spec: object = two, test: Files = [], datasets: readonly object[] = [shapes]): Promise<string[]> {
    const trainer = await TestTrainer.join(suite.api, { key: randomUUID(), datasets });
    seed += 1;
    await schedule(suite.api, spec, [seed]);
    const claim = await trainer.claimOrFail();
    const stored = async (kind: string, files: Files) =>
      Promise.all(
        files.flatMap((bytes, network) =>
          bytes ? [trainer.upload(bytes).then((sha256) => ({ kind, network, epoch: claim.spec.training.epochs, sha256 }))] : [],
        ),
      );
    const artifacts = [...(await stored('VALIDATION_LOGITS', validation)), ...(await stored('TEST_LOGITS', test))];
    const accuracies = claim.spec.networks.map(() => 0.5);
    await trainer.complete(claim, accuracies, accuracies.length > 1 ? 0.6 : undefined, { artifacts });
    const { run } = await suite.api.get<{ run: { networks: { id: string }[] } }>('query ($id: ID!) { run(id: $id) { networks { id } } }', {
      id: claim.runId,
    });
    return run.networks.map(({ id }) => id);
  }

  const network = `query ($id: ID!, $split: Split!) { node(id: $id) { ... on Network {
    calibration(split: $split) { samples accuracy confidence ece bins { low high count accuracy confidence } } confusion(split: $split) } } }`;
  const comparison = `query ($a: ID!, $b: ID!, $split: Split! = VALIDATION) { comparison(a: $a, b: $b, split: $split) {
    a { index } b { id } samples agreement meanKl meanKlReversed confusionDifference } }`;
  const ensemble = `query ($networks: [ID!]!, $split: Split! = VALIDATION) { ensemble(networks: $networks, split: $split) {
    samples accuracy calibration { confidence } members { network { id } accuracy } } }`;

  let pair: [string, string];
  let other: string;
  beforeAll(async () => {
    pair = (await runOf([file('first'), file('second')], two, [logitsFile(2, logOf([[0.9, 0.1]]), [1]), null])) as [string, string];
    [other] = (await runOf([file('third')], smallSpec)) as [string];
  });

  it('are calibration and confusion of a network, on the split that is asked for', async () => {
    const { node } = await suite.api.get<{ node: { calibration: { bins: object[] }; confusion: number[][] } }>(network, {
      id: pair[0],
      split: 'VALIDATION',
    });
    expect(node.confusion).toEqual([
      [1, 1],
      [0, 2],
    ]);
    expect(node.calibration).toMatchObject({ samples: 4, accuracy: 0.75, confidence: expect.closeTo(0.775, 6) });
    // Of the samples at 0.9, 0.6, 0.8, 0.8 the one at 0.6 is wrong.
    expect(node.calibration).toMatchObject({ ece: expect.closeTo((0.1 + 0.6 + 2 * 0.2) / 4, 6) });
    expect(node.calibration.bins).toHaveLength(15);
    const test = await suite.api.get<{ node: unknown }>(network, { id: pair[0], split: 'TEST' });
    expect(test.node).toMatchObject({ calibration: { samples: 1, accuracy: 0, ece: expect.closeTo(0.9, 6) }, confusion: [[0, 0], [1, 0]] }); // biome-ignore format: short
  });

  it('are absent where a network has no logits, and refused for the training split', async () => {
    expect((await suite.api.get<{ node: unknown }>(network, { id: pair[1], split: 'TEST' })).node).toEqual({
      calibration: null,
      confusion: null,
    });
    expect((await suite.api.refusal(network, { id: pair[0], split: 'TRAIN' })).message).toContain('stored of VALIDATION, for choosing');
  });

  it('compare two networks, within a run and across runs', async () => {
    const within = await suite.api.get<{ comparison: unknown }>(comparison, { a: pair[0], b: pair[1] });
    const kl = (p: number, q: number) => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    expect(within.comparison).toEqual({
      a: { index: 0 },
      b: { id: pair[1] },
      samples: 4,
      agreement: 0.5,
      meanKl: expect.closeTo((kl(0.9, 0.3) + kl(0.4, 0.9)) / 4, 6),
      meanKlReversed: expect.closeTo((kl(0.3, 0.9) + kl(0.9, 0.4)) / 4, 6),
      confusionDifference: [
        [0, 0],
        [0, 0],
      ],
    });
    const across = await suite.api.get<{ comparison: unknown }>(comparison, { a: pair[0], b: other });
    expect(across.comparison).toMatchObject({ agreement: 0.75, confusionDifference: [[-1, 1], [0, 0]] }); // biome-ignore format: short
  });

  it('average any networks, also across runs, and say how right each is by itself', async () => {
    const cohort = await suite.api.get<{ ensemble: unknown }>(ensemble, { networks: pair });
    // Each is wrong about another sample; the mean of 0.9 and 0.3, and of 0.4 and 0.9, is right about both.
    expect(cohort.ensemble).toEqual({
      samples: 4,
      accuracy: 1,
      calibration: { confidence: expect.closeTo((0.6 + 0.65 + 0.8 + 0.8) / 4, 6) },
      members: pair.map((id) => ({ network: { id }, accuracy: 0.75 })),
    });
    const across = await suite.api.get<{ ensemble: unknown }>(ensemble, { networks: [other, pair[0]] });
    expect(across.ensemble).toMatchObject({ accuracy: 1, members: [{ accuracy: 1 }, { accuracy: 0.75 }] });
  });

  it('refuse lists that are no ensemble, and networks that there are not', async () => {
    const refusal = async (networks: string[]) => (await suite.api.refusal(ensemble, { networks })).message;
    expect(await refusal([])).toBe('networks has 0 entries; an ensemble is made of 1 to 32.');
    expect(await refusal(Array.from({ length: 33 }, (_, i) => `net_${i}`))).toContain('networks has 33 entries');
    expect(await refusal([other, other])).toBe(`Network "${other}" is named twice.`);
    expect(await refusal([other, 'net_none'])).toBe('There is no network "net_none".');
    expect((await suite.api.refusal(comparison, { a: other, b: other })).message).toContain('named twice');
  });

  it('refuse networks of other datasets, of other validation samples, and of other views', async () => {
    const elsewhere = { ...shapes, name: 'shapes-other', hash: `sha256:${'b'.repeat(64)}` };
    const [foreign] = await runOf([file('first')], { ...smallSpec, dataset: elsewhere.name }, [], [elsewhere]);
    expect((await suite.api.refusal(ensemble, { networks: [other, foreign] })).message).toMatch(
      /^Networks of different datasets cannot be averaged: network 0 of run_\w+ was trained on shapes-16 \(sha256:aaaaaaaa…\), network 0 of run_\w+ on shapes-other/,
    );
    const [split] = await runOf([file('first')], { ...smallSpec, data: { splitSeed: 3 } }, [logitsFile(2, logOf([[0.9, 0.1]]), [1])]);
    expect((await suite.api.refusal(comparison, { a: other, b: split })).message).toMatch(
      /^Networks validated on different samples cannot be compared: .* splitSeed 0, .* and 3\. Their test split is the same\.$/,
    );
    // The test split does not depend on it.
    const reported = await suite.api.get<{ comparison: unknown }>(comparison, { a: pair[0], b: split, split: 'TEST' });
    expect(reported.comparison).toMatchObject({ samples: 1, agreement: 1 });
    const [depth] = await runOf([file('first')], { ...smallSpec, networks: [{ model: 'cnn', view: 'depth' }] });
    expect((await suite.api.refusal(comparison, { a: other, b: depth })).message).toMatch(
      /^Networks of different views cannot be compared/,
    );
    const views = [{ model: 'cnn', view: 'rgb' }, { model: 'cnn', view: 'depth' }]; // biome-ignore format: short
    const together = await runOf([file('first'), file('second')], { ...smallSpec, networks: views });
    expect((await suite.api.get<{ ensemble: unknown }>(ensemble, { networks: together })).ensemble).toMatchObject({ accuracy: 1 });
  });

  it('name the network whose logits are missing, damaged, not finite, or of other samples', async () => {
    const broken = logitsFile(2, [Number.NaN, 0, 0, Number.POSITIVE_INFINITY, 1, 2, 3, 4], labels, indices);
    const three = logitsFile(3, [1, 0, 0], [0]);
    const moved = logitsFile(2, logOf(saying.first), labels, [1, 2, 3, 4]);
    const [notFinite, cut] = (await runOf([broken, file('third').slice(0, -4)])) as [string, string];
    const [others, places] = (await runOf([three, moved])) as [string, string];
    const [none] = (await runOf([], smallSpec)) as [string];
    const refusal = async (b: string) => (await suite.api.refusal(comparison, { a: pair[0], b })).message;
    expect(await refusal(notFinite)).toMatch(
      /^The validation logits of network 0 of run_\w+ cannot be read: The logits of 2 of its 4 samples are not finite\.$/,
    );
    expect(await refusal(cut)).toMatch(/^The validation logits of network 1 of run_\w+ cannot be read: .*does not fit its place/);
    expect(await refusal(others)).toMatch(/are not of the same samples as .*: 4 samples of 2 classes against 1 samples of 3 classes/);
    expect(await refusal(places)).toMatch(/are not of the same samples as/);
    expect(await refusal(none)).toMatch(/^Network 0 of run_\w+ has no validation logits/);
  });
});
