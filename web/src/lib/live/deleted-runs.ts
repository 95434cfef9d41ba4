const listeners = new Set<() => void>();
const watchers = new Set<() => void>();

/** Is told whenever runs were deleted, by whomever; returns how to leave. */
export function onDeletedRuns(listener: () => void): () => void {
  const { size } = listeners;
  listeners.add(listener);
  if (size === 0) for (const watcher of watchers) watcher();
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) for (const watcher of watchers) watcher();
  };
}

/** Whether anybody wants to be told; asked by who listens to the API. */
export const isAwaited = (): boolean => listeners.size > 0;

/** Is told when that changes. */
export function onAwaited(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Runs were deleted. */
export function tellDeleted(): void {
  for (const listener of listeners) listener();
}
