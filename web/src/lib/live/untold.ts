const listeners = new Set<() => void>();
const watchers = new Set<() => void>();

/**
 * Changes that no subscription about runs tells of, and that may concern whatever shows them: runs were deleted; an experiment was made or
 * changed, or runs were put into it or taken out. They are few: whoever shows anything of the kind reads it anew.
 *
 * @returns how to leave.
 */
export function onUntold(listener: () => void): () => void {
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

/** There was such a change. */
export function tellUntold(): void {
  for (const listener of listeners) listener();
}
