/** A process that opens an engine on TensorFlow and times it: started by `tryTensorFlow`, with the engine's name and its threads as arguments. */
import { openEngine } from '../open.ts';
import { tf } from '../tf.ts';
import { withBackend } from '../with-backend.ts';
import type { Tried } from './try.ts';

const [name = '', threads] = process.argv.slice(2);
process.on('disconnect', () => process.exit(1));
process.send?.(await tried(), () => process.exit(0));

/** Three 3 × 3 convolutions of 64 channels on 8 pictures of 16 × 16: the work by which compiled engines are compared as well. */
async function tried(): Promise<Tried> {
  try {
    await openEngine(name, { threads: Number(threads) });
    const times = Array.from({ length: 4 }, () => withBackend('tensorflow', () => tf.tidy(timed)));
    return { ms: Math.min(...times.slice(1)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function timed(): number {
  const filter = tf.fill([3, 3, 64, 64], 1 / 576) as tf.Tensor4D;
  let x = tf.ones([8, 16, 16, 64]) as tf.Tensor4D;
  x.dataSync();
  const start = performance.now();
  for (let layer = 0; layer < 3; layer++) x = tf.conv2d(x, filter, 1, 'same');
  tf.mean(x).dataSync();
  return performance.now() - start;
}
