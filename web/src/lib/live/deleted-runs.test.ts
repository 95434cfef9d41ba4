import { expect, it } from 'vitest';
import { isAwaited, onAwaited, onDeletedRuns, tellDeleted } from './deleted-runs.ts';

it('who shows runs is told that some were deleted, and the API is listened to only while somebody does', () => {
  const said: string[] = [];
  const stop = onAwaited(() => said.push(isAwaited() ? 'awaited' : 'nobody'));
  tellDeleted();
  const leave = [onDeletedRuns(() => said.push('list')), onDeletedRuns(() => said.push('experiment'))];
  tellDeleted();
  leave[0]?.();
  tellDeleted();
  leave[1]?.();
  leave[1]?.();
  stop();
  expect(said.join(' ')).toBe('awaited list experiment experiment nobody');
});
