import { softLabels } from '@studyhall/contract/logits/soft-labels.ts';
import { of } from '@studyhall/contract/logits/tally.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { fileOf, logitsFile } from '../testing/logits-file.ts';
import { useApi } from '../testing/suite.ts';
import { labelledLogits } from './labelled-logits.ts';

/** Logits whose softmax at T = 2 is plain: two samples of class 0, one of class 2. */
const logits = [2 * Math.log(6), 2 * Math.log(3), 0, 2 * Math.log(2), 2 * Math.log(2), 0, 0, 0, 2 * Math.log(8)];
const labels = [0, 0, 2];
const atTwo = [[(0.6 + 0.4) / 2, (0.3 + 0.4) / 2, (0.1 + 0.2) / 2], [], [0.1, 0.1, 0.8]];
const close = (rows: number[][]) => rows.map((row) => row.map((value) => expect.closeTo(value, 6)));

describe('mean soft labels', () => {
  it('are the mean of softmax(z / T) per true class; the row of a class without samples is empty', () => {
    const stored = { logits: Float32Array.from(logits), labels: Int32Array.from(labels), classes: 3 };
    expect(of(softLabels(3, 2), stored)).toEqual(close(atTwo));
    // At T = 1 the odds are squared.
    expect(of(softLabels(3, 1), stored)[2]).toEqual(close([[1 / 66, 1 / 66, 64 / 66]])[0]);
    expect(of(softLabels(3, 0.01), { ...stored, logits: Float32Array.of(5000, 0, -5000, 0, 0, 0, 0, 0, 0) })[2]).toEqual(
      close([[1 / 3, 1 / 3, 1 / 3]])[0],
    );
  });

  it.each([
    ['too short', Buffer.from('abc'), 'too few'],
    ['cut short', Buffer.from(logitsFile(3, logits, labels).slice(0, -4)), 'does not fit its place'],
    [
      'of other tensors',
      Buffer.from(fileOf({ weights: { dtype: 'F32', shape: [1], bytes: new ArrayBuffer(4) } })),
      'holds no logits and labels',
    ],
    [
      'of logits that are not finite',
      Buffer.from(logitsFile(3, [...logits.slice(1), Number.NaN], labels)),
      'logits of 1 of its 3 samples are not finite',
    ],
    ['of labels beyond the classes', Buffer.from(logitsFile(3, logits, [0, 0, 3])), 'beyond its 3 classes'],
    [
      'of fewer labels than samples',
      Buffer.from(
        fileOf({
          logits: { dtype: 'F32', shape: [3, 3], bytes: Float32Array.from(logits).buffer },
          labels: { dtype: 'I32', shape: [2], bytes: Int32Array.of(0, 1).buffer },
        }),
      ),
      'do not go with 2 labels',
    ],
  ])('are refused from a file %s', (_what, bytes, message) => {
    expect(() => labelledLogits(bytes)).toThrow(message);
  });
});

describe('results', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const query = `query ($id: ID!, $temperature: Float!) { run(id: $id) {
    cohort { ensembleValidationEntropy }
    networks { softLabels(temperature: $temperature) result {
      validationEntropy testEntropy withheldAccuracy biasCorrection correctedAccuracy correctedWithheldAccuracy } }
    artifacts { kind network } } }`;
  const figures = {
    validationEntropy: 0.5,
    testEntropy: 0.625,
    withheldAccuracy: 0.25,
    biasCorrection: -2.5,
    correctedAccuracy: 0.75,
    correctedWithheldAccuracy: 0.875,
  };
  const spec = { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }] };
  let done: string;
  let waiting: string;
  beforeAll(async () => {
    const trainer = await TestTrainer.join(suite.api);
    [done, waiting] = (await schedule(suite.api, spec, [1, 2])) as [string, string];
    const sha256 = await trainer.upload(logitsFile(3, logits, labels));
    const artifacts = [{ kind: 'VALIDATION_LOGITS', network: 0, epoch: 3, sha256 }];
    const more = { networks: [figures], cohort: { ensembleValidationEntropy: 0.75 }, artifacts };
    await trainer.complete(await trainer.claimOrFail(), [0.5, 0.6], 0.7, more);
  });

  it('hold entropies, the figures on withheld classes, and soft labels where logits are stored', async () => {
    const { run } = await suite.api.get<{ run: unknown }>(query, { id: done, temperature: 2 });
    expect(run).toEqual({
      cohort: { ensembleValidationEntropy: 0.75 },
      networks: [
        { softLabels: close(atTwo), result: figures },
        { softLabels: null, result: Object.fromEntries(Object.keys(figures).map((name) => [name, null])) },
      ],
      artifacts: [
        { kind: 'SELECTED_WEIGHTS', network: 0 },
        { kind: 'SELECTED_WEIGHTS', network: 1 },
        { kind: 'VALIDATION_LOGITS', network: 0 },
      ],
    });
    const before = await suite.api.get<{ run: { networks: object[] } }>(query, { id: waiting, temperature: 2 });
    expect(before.run.networks[0]).toEqual({ softLabels: null, result: null });
  });

  it('stand in the leaderboard: entropies of networks, and of the ensemble', async () => {
    const { leaderboard } = await suite.api.get<{ leaderboard: { edges: { node: unknown }[] } }>(
      `{ leaderboard { edges { node { networkIndex validationEntropy { mean sd n } testEntropy { mean } ensembleValidationEntropy { mean }
        points { validationEntropy testEntropy } } } } }`,
    );
    const rows = leaderboard.edges.map(({ node }) => node);
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({
      networkIndex: 0,
      validationEntropy: { mean: 0.5, sd: null, n: 1 },
      testEntropy: { mean: 0.625 },
      ensembleValidationEntropy: { mean: 0.75 },
      points: [{ validationEntropy: 0.5, testEntropy: 0.625 }],
    });
    expect(rows).toContainEqual({
      networkIndex: null,
      validationEntropy: { mean: 0.75, sd: null, n: 1 },
      testEntropy: null,
      ensembleValidationEntropy: { mean: 0.75 },
      points: [{ validationEntropy: 0.75, testEntropy: null }],
    });
  });

  it('refuse a temperature that softens nothing, and figures that cannot be', async () => {
    const { message } = await suite.api.refusal(query, { id: done, temperature: 0 });
    expect(message).toBe('temperature is 0; it has to be more than 0 and at most 100.');
    const trainer = await TestTrainer.join(suite.api);
    const claim = await trainer.claimOrFail();
    await trainer.commitTo(claim, [1, 2, 3], 2);
    const refusal = async (networks: object[]) => (await trainer.finish(claim, [0.5, 0.6], 0.7, { networks })).errors?.[0]?.message;
    expect(await refusal([{ validationEntropy: -1 }])).toBe(
      'input.networks.0.validationEntropy is -1; it has to be at least 0 and at most 100.',
    );
    expect(await refusal([{ correctedAccuracy: 1.5 }])).toContain(
      'networks.0.correctedAccuracy is 1.5; it has to be at least 0 and at most 1',
    );
  });

  it('say so when the stored logits are damaged', async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, spec, [9]);
    const claim = await trainer.claimOrFail();
    const artifacts = [{ kind: 'VALIDATION_LOGITS', network: 1, epoch: 3, sha256: await trainer.upload('no such file') }];
    await trainer.complete(claim, [0.5, 0.6], 0.7, { artifacts });
    const { message } = await suite.api.refusal(query, { id: claim.runId, temperature: 4 });
    expect(message).toContain('cannot be read: The header is cut short.');
  });

  it('are for who may read', async () => {
    const open = await fetch(`${suite.api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer wrong' },
      body: JSON.stringify({ query, variables: { id: done, temperature: 2 } }),
    });
    expect(JSON.stringify(await open.json())).toContain('UNAUTHENTICATED');
  });
});
