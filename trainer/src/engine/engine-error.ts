/** An engine that does not exist, is not installed, does not start on this machine, or ran out of what it needs. */
export class EngineError extends Error {
  override name = 'EngineError';
}
