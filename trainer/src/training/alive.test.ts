import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whileWatched } from '../alive.ts';
import { eager } from '../engine/eager.ts';
import type { Engine } from '../engine/engine.ts';
import { alone, Bench, pair, taught } from './testing/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

/** Notes each piece of work that the engine does, as `begin NAME` and `end NAME`. */
const noting = (engine: Engine, note: (what: string) => void): Engine => ({
  name: engine.name,
  fingerprint: engine.fingerprint,
  createState: (entries) => engine.createState(entries),
  dispose: () => engine.dispose(),
  prepare: async (name, signature, step) => {
    note(`begin making ${name}`);
    const program = await engine.prepare(name, signature, step);
    note(`end making ${name}`);
    return {
      compileMs: program.compileMs,
      dispose: () => program.dispose(),
      run: async (state, inputs) => {
        note(`begin ${name}`);
        const outputs = await program.run(state, inputs);
        note(`end ${name}`);
        return outputs;
      },
    };
  },
});

describe('signs of life', () => {
  it.each([
    [
      'of networks that learn with aligned features',
      {
        ...pair,
        method: { mutual: { features: { layer: 'LAST', weight: 1, alignment: 'PERMUTATION' } } },
        networks: [{ model: 'mlp-8' }, { model: 'mlp-8' }],
      },
      ['alignment', 'cohort step', 'cohort evaluation'],
    ],
    [
      'of a teacher that is trained, asked once and scored',
      { ...taught, training: { ...alone.training, augmentation: { flip: false, cropPadding: 0 } } },
      ['teacher step', 'teacher evaluation', 'teacher logits', 'cohort step'],
    ],
  ])(
    'stand between any two pieces of work %s: compiling, training, evaluating, asking, aligning, scoring',
    async (_whose, spec, programs) => {
      const noted: string[] = [];
      const engine = noting(eager('cpu'), (what) => noted.push(what));
      await whileWatched(
        () => noted.push('sign'),
        () => bench.run(bench.job(spec), engine),
      );
      for (const name of programs) expect(noted).toContain(`begin ${name}`);
      const silent = noted.filter((what, place) => what !== 'sign' && noted[place - 1]?.startsWith('end'));
      expect(silent).toEqual([]);
      expect(noted[0]).toBe('sign');
      expect(noted.at(-1)).toBe('sign');
      // Loading the data comes before the first program is made, storing the networks after the last batch.
      const before = noted.indexOf('begin making cohort step') === -1 ? 0 : noted.findIndex((what) => what.startsWith('begin'));
      expect(before).toBeGreaterThan(2);
      expect(noted.length - noted.findLastIndex((what) => what.startsWith('end'))).toBeGreaterThan(4);
    },
  );
});
