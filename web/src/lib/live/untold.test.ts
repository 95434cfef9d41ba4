import { expect, it } from 'vitest';
import { isAwaited, onAwaited, onUntold, tellUntold } from './untold.ts';

it('who shows runs is told of what no subscription about runs tells, and the API is listened to only while somebody does', () => {
  const said: string[] = [];
  const stop = onAwaited(() => said.push(isAwaited() ? 'awaited' : 'nobody'));
  tellUntold();
  const leave = [onUntold(() => said.push('list')), onUntold(() => said.push('experiment'))];
  tellUntold();
  leave[0]?.();
  tellUntold();
  leave[1]?.();
  leave[1]?.();
  stop();
  expect(said.join(' ')).toBe('awaited list experiment experiment nobody');
});
