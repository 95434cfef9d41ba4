import { tf } from './tf.ts';

/** Runs a synchronous function with that TensorFlow.js backend active, and makes the one before it active again. */
export const withBackend = <T>(name: string, run: () => T): T => {
  const before = tf.getBackend();
  activate(name);
  try {
    return run();
  } finally {
    activate(before);
  }
};

const activate = (name: string): void => {
  if (tf.engine().backendName === name) return;
  // Backends that need no initialisation are active when this returns; the promise carries nothing more than `true`.
  void tf.setBackend(name);
  if (tf.engine().backendName !== name) throw new Error(`TensorFlow.js has no backend ${name} that starts at once`);
};
