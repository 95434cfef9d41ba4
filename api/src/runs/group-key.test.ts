import { buildSchema as fromText, GraphQLInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../errors.ts';
import { buildSchema } from '../schema/index.ts';
import { specType } from '../schema/spec-type.ts';
import { canonical } from './canonical.ts';
import { coerce } from './coerce.ts';
import { cohortTwinKey, groupKey, twinKey } from './group-key.ts';
import type { RunSpec } from './spec.ts';

const type = specType(buildSchema());
const hash = `sha256:${'a'.repeat(64)}`;

function spec(changes: object = {}): RunSpec {
  const problems: Problem[] = [];
  const base = { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'resnet-8' }], method: { independent: {} } };
  const result = coerce(type, { ...base, ...changes }, [], problems);
  expect(problems).toEqual([]);
  return result as RunSpec;
}
/** Of five epochs with a momentum of 0.8 as it was when SGD was the only optimizer. */
const OLD = '32394102de7067360ba5459db48ac02fe3f102bcb2a1a72a3c4b321d5b7e973d';
const key = (value: RunSpec, datasetHash = hash) => groupKey(type, value, datasetHash, 'rgb');

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
    expect(key(spec({ training: { ...settings, gradientClipping: null, labelSmoothing: 0 } }))).toBe(OLD);
    const networks = [{ model: 'cnn', dropout: 0 }, { model: 'resnet-8' }];
    expect(key(spec({ networks, training: settings }))).toBe(OLD);
    const changed = [
      { training: { ...settings, optimizer: { adam: {} } } },
      { training: { ...settings, optimizer: { adamw: {} } } },
      { training: { ...settings, gradientClipping: 1 } },
      { training: { ...settings, labelSmoothing: 0.1 } },
      { training: settings, networks: [{ model: 'cnn', dropout: 0.5 }, { model: 'resnet-8' }] },
    ].map((changes) => key(spec(changes)));
    expect(new Set([...changed, OLD]).size).toBe(changed.length + 1);
  });

  it('asks for the dataset’s bytes, not its name', () => {
    expect(key(spec({ dataset: 'renamed' }))).toBe(key(spec()));
  });

  it('does not change when a setting with a default is added to the contract', () => {
    const before = fromText('input RunSpecInput { dataset: String! networks: [N!]! } input N { model: String! view: String }');
    const after = fromText(
      'input RunSpecInput { dataset: String! networks: [N!]! objective: O! = {} } input O { smoothing: Float! = 0 } input N { model: String! view: String dropout: Float! = 0 }',
    );
    const keyIn = (schema: ReturnType<typeof fromText>) => {
      const input = schema.getType('RunSpecInput');
      if (!(input instanceof GraphQLInputObjectType)) throw new Error('no input');
      return groupKey(input, coerce(input, { dataset: 'd', networks: [{ model: 'cnn' }] }, [], []) as RunSpec, hash, 'rgb');
    };
    expect(keyIn(after)).toBe(keyIn(before));
  });
});

describe('twins', () => {
  const mutual = spec({ method: { mutual: {} } });
  const other = spec({ training: { learningRate: 0.1 } });

  it('share data, training, model, view and place, whatever the method', () => {
    expect(twinKey(type, mutual, hash, 'rgb', 0)).toBe(twinKey(type, spec(), hash, 'rgb', 0));
    expect(cohortTwinKey(type, mutual, hash, 'rgb')).toBe(cohortTwinKey(type, spec(), hash, 'rgb'));
    const alone = spec({ networks: [{ model: 'cnn' }] });
    expect(twinKey(type, alone, hash, 'rgb', 0)).toBe(twinKey(type, mutual, hash, 'rgb', 0));
  });

  it('are none where training or place differ', () => {
    expect(twinKey(type, other, hash, 'rgb', 0)).not.toBe(twinKey(type, spec(), hash, 'rgb', 0));
    const pair = spec({ networks: [{ model: 'cnn' }, { model: 'cnn' }] });
    expect(twinKey(type, pair, hash, 'rgb', 1)).not.toBe(twinKey(type, pair, hash, 'rgb', 0));
  });
});

it('canonical JSON does not depend on the order of keys', () => {
  expect(canonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
