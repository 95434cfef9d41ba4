import { expect, it } from 'vitest';
import { queueWords } from './queue-words.ts';

it('says where a run waits, and nothing of one that does not', () => {
  const at = (state: string, queuePosition: number | null) => queueWords({ state, queuePosition });
  expect([at('QUEUED', 1), at('QUEUED', 2), at('QUEUED', 12_345)]).toEqual([
    'Next in the queue',
    'Place 2 in the queue',
    'Place 12,345 in the queue',
  ]);
  expect([at('RUNNING', 1), at('QUEUED', null)]).toEqual([null, null]);
});
