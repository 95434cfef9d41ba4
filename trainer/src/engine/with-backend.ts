import { EngineError } from './engine-error.ts';
import { tf } from './tf.ts';

/**
 * Runs a synchronous function with that TensorFlow.js backend active, and makes the one before it active again.
 *
 * @throws EngineError if no backend of that name is registered, or it does not start without waiting
 */
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
  if (tf.findBackendFactory(name) === null) throw new EngineError(`TensorFlow.js has no backend named ${name} here`);
  // Backends that need no initialisation are active when this returns; the promise carries nothing more than `true`.
  void tf.setBackend(name);
  if (tf.engine().backendName !== name) throw new EngineError(`the TensorFlow.js backend ${name} does not start without waiting`);
};
