import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Asking } from './asking.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const asked: { answer(): void; fail(error: Error): void }[] = [];
  const failures: unknown[] = [];
  const ask = () => new Promise<void>((answer, fail) => asked.push({ answer, fail }));
  return { asked, failures, asking: new Asking(ask, 300, (error) => failures.push(error)) };
}

it('many wishes within moments are one question', async () => {
  const { asked, asking } = setUp();
  for (let wish = 0; wish < 50; wish++) asking.soon();
  expect(asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(300);
  expect(asked).toHaveLength(1);
});

it('a wish while an answer is on its way is asked after it, once', async () => {
  const { asked, asking } = setUp();
  const first = asking.now();
  const later = [asking.now(), asking.now()];
  expect(asked).toHaveLength(1);
  asked[0]?.answer();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(2);
  asked[1]?.answer();
  await Promise.all(later);
  expect(asked).toHaveLength(2);
});

it('an answer that failed does not keep the next from being asked for', async () => {
  const { asked, failures, asking } = setUp();
  asking.soon();
  await vi.advanceTimersByTimeAsync(300);
  const next = asking.now();
  asked[0]?.fail(new Error('a failed statement'));
  await vi.advanceTimersByTimeAsync(0);
  asked[1]?.answer();
  await next;
  expect(failures).toEqual([new Error('a failed statement')]);
});

it('once stopped, asks no more', async () => {
  const { asked, asking } = setUp();
  asking.soon();
  asking.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(0);
});
