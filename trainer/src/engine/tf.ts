import * as tf from '@tensorflow/tfjs';
import { rightAveragePoolGradient } from './average-pool-gradient.ts';
import { registerRounding } from './half/kernel.ts';

// Not @tensorflow/tfjs-core, although it loads in 85 ms against 200: in Node its gradients cannot be imported on their own.

// Silences the advice to install tfjs-node, which the CPU backend prints on first use.
tf.enableProdMode();
// The one backend that is always here; active from now on, since it needs no initialisation.
void tf.setBackend('cpu');
rightAveragePoolGradient(tf);
registerRounding(tf);

/** The one door to TensorFlow.js: `import { tf } from '…/engine/tf.ts'`. Write functions (`tf.add(x, y)`), not chained methods. */
export { tf };
