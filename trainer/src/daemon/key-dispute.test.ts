import { expect, it } from 'vitest';
import { ApiRefused } from '../client/errors.ts';
import { KeyDispute } from './key-dispute.ts';

const refusal = (lastSeenAt: string) => new ApiRefused('CONFLICT', 'the key is held by another', { lastSeenAt });

it('a key is another trainer’s once that has shown twice that it lives', () => {
  const dispute = new KeyDispute();
  const seen = ['10:00:00', '10:00:00', '10:00:05', '10:00:05', '10:00:10'];
  expect(seen.map((at) => dispute.isSettled(refusal(at)))).toEqual([false, false, false, false, true]);
});

it('a refusal for another reason is no dispute', () => {
  expect(KeyDispute.isOne(refusal('10:00:00'))).toBe(true);
  expect(KeyDispute.isOne(new ApiRefused('CONFLICT', 'another'))).toBe(false);
  expect(KeyDispute.isOne(new ApiRefused('BAD_INPUT', 'x', { lastSeenAt: '10:00:00' }))).toBe(false);
});
