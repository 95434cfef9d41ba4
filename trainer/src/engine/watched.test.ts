import { expect, it } from 'vitest';
import { whileWatched } from '../alive.ts';
import { openEngine } from './open.ts';
import { tf } from './tf.ts';
import { watched } from './watched.ts';

const vector = { shape: [3], dtype: 'float32' } as const;

it('compiling gives a sign of life for each kernel, announces the call that cannot be looked into, and ends its silence', async () => {
  const engine = watched(await openEngine('compiled-cpu', { threads: 1 }));
  const signs: number[] = [];
  const program = await whileWatched(
    (silence = 0) => signs.push(silence),
    () =>
      engine.prepare('doubling', { state: {}, inputs: { x: vector } }, (_state, { x }) => ({
        state: {},
        outputs: { doubled: tf.exp(tf.abs(tf.add(x as tf.Tensor, x as tf.Tensor))) },
      })),
  );
  await program.dispose();
  await engine.dispose();
  const announced = signs.findIndex((silence) => silence > 0);
  expect(announced).toBeGreaterThanOrEqual(4);
  expect(signs.slice(announced)).toEqual([60, 0]);
});
