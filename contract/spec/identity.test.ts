import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { coerce } from '../settings/coerce.ts';
import { readSettings } from '../settings/read-settings.ts';
import { canonical } from './canonical.ts';
import { cohortTwinText, groupText, runText, specText, twinText } from './identity.ts';
import { readSpec } from './read-spec.ts';
import type { RunSpec } from './run-spec.ts';
import { goldenKeys } from './testing/golden-keys.ts';

const hash = `sha256:${'a'.repeat(64)}`;
const data = { hash, firstView: 'rgb' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function spec(changes: object = {}): RunSpec {
  const base = { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'resnet-8' }], method: { independent: {} } };
  const { spec: read, problems } = readSpec({ ...base, ...changes });
  expect(problems).toEqual([]);
  return read as RunSpec;
}
/** Of five epochs with a momentum of 0.8 as it was when SGD was the only optimizer. */
const OLD = '32394102de7067360ba5459db48ac02fe3f102bcb2a1a72a3c4b321d5b7e973d';
const key = (value: RunSpec, datasetHash = hash) => sha256(groupText(value, { ...data, hash: datasetHash }));

describe('a group’s key', () => {
  it('is the same whether a default is written or left out', () => {
    const written = spec({
      networks: [{ model: 'cnn', view: 'rgb' }, { model: 'resnet-8' }],
      training: { epochs: 20, schedule: { cosine: { finalFraction: 0 } }, optimizer: { sgd: { momentum: 0.9 } } },
      data: { validationFraction: 0.1 },
    });
    expect(key(written)).toBe(key(spec()));
  });

  it('is another for other data, other bytes, another method, model, view or setting', () => {
    const keys = [
      key(spec()),
      key(spec(), `sha256:${'b'.repeat(64)}`),
      key(spec({ method: { mutual: {} } })),
      key(spec({ method: { mutual: { temperature: 2 } } })),
      key(spec({ networks: [{ model: 'resnet-8' }, { model: 'cnn' }] })),
      key(spec({ networks: [{ model: 'cnn', view: 'depth' }, { model: 'resnet-8' }] })),
      key(spec({ data: { splitSeed: 1 } })),
      key(spec({ training: { schedule: { constant: {} } } })),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does not change for specs stored before optimizers, clipping, label smoothing and dropout could be set', () => {
    const settings = { epochs: 5, optimizer: { sgd: { momentum: 0.8 } } };
    expect(key(spec({ training: settings }))).toBe(OLD);
    expect(key(spec({ training: { ...settings, gradientClipping: null, labelSmoothing: 0, precision: 'FLOAT32' } }))).toBe(OLD);
    const networks = [{ model: 'cnn', dropout: 0 }, { model: 'resnet-8' }];
    expect(key(spec({ networks, training: settings }))).toBe(OLD);
    const changed = [
      { training: { ...settings, optimizer: { adam: {} } } },
      { training: { ...settings, optimizer: { adamw: {} } } },
      { training: { ...settings, gradientClipping: 1 } },
      { training: { ...settings, labelSmoothing: 0.1 } },
      { training: { ...settings, precision: 'MIXED_FLOAT16' } },
      { training: settings, networks: [{ model: 'cnn', dropout: 0.5 }, { model: 'resnet-8' }] },
    ].map((changes) => key(spec(changes)));
    expect(new Set([...changed, OLD]).size).toBe(changed.length + 1);
  });

  it('asks for the dataset’s bytes, not its name', () => {
    expect(key(spec({ dataset: 'renamed' }))).toBe(key(spec()));
  });

  it('does not change when a setting with a default is added to the contract', () => {
    const inputs = (of: string) => readSettings(buildSchema(`type Query { a: Int } ${of}`), 'RunSpecInput');
    const before = inputs('input RunSpecInput { dataset: String! networks: [N!]! } input N { model: String! view: String }');
    const after = inputs(
      'input RunSpecInput { dataset: String! networks: [N!]! objective: O! = {} } input O { smoothing: Float! = 0 } input N { model: String! view: String dropout: Float! = 0 }',
    );
    const textsIn = (settings: typeof before) => {
      const read = coerce(settings, 'RunSpecInput', { dataset: 'd', networks: [{ model: 'cnn' }] }).value as RunSpec;
      return [
        groupText(read, data, settings),
        runText(read, 3, data, settings),
        specText(read, settings),
        cohortTwinText(read, data, settings),
      ];
    };
    expect(textsIn(after)).toEqual(textsIn(before));
  });

  it.each(Object.entries(goldenKeys))('is what it was when the first runs were stored: %s', (_, { spec: written, ...keys }) => {
    const { spec: read, problems } = readSpec(written);
    expect(problems).toEqual([]);
    const normal = read as RunSpec;
    expect({
      groupKey: sha256(groupText(normal, data)),
      twinKey: sha256(twinText(normal, normal.networks.length - 1, data)),
      cohortTwinKey: sha256(cohortTwinText(normal, data)),
    }).toEqual(keys);
  });
});

describe('a spec of another version of the contract', () => {
  it('asks for something else where it holds what is unknown here', () => {
    const known = spec();
    const unknown = { ...known, training: { ...known.training, momentumDecay: 0.1 } } as RunSpec;
    expect(specText(unknown)).not.toBe(specText(known));
  });
});

describe('twins', () => {
  const mutual = spec({ method: { mutual: {} } });
  const other = spec({ training: { learningRate: 0.1 } });

  it('share data, training, model, view and place, whatever the method', () => {
    expect(twinText(mutual, 0, data)).toBe(twinText(spec(), 0, data));
    expect(cohortTwinText(mutual, data)).toBe(cohortTwinText(spec(), data));
    const alone = spec({ networks: [{ model: 'cnn' }] });
    expect(twinText(alone, 0, data)).toBe(twinText(mutual, 0, data));
  });

  it('are none where training or place differ', () => {
    expect(twinText(other, 0, data)).not.toBe(twinText(spec(), 0, data));
    const pair = spec({ networks: [{ model: 'cnn' }, { model: 'cnn' }] });
    expect(twinText(pair, 1, data)).not.toBe(twinText(pair, 0, data));
  });
});

it('canonical JSON does not depend on the order of keys', () => {
  expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
