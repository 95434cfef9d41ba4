import { expect, it } from 'vitest';
import { detailsOf } from './details.ts';

it('an entry says what was chosen, and not again what its ids are', () => {
  expect(detailsOf({ id: 'person_1', role: 'ADMIN' }, ['person_1'])).toEqual(['role ADMIN']);
  expect(detailsOf({ role: 'TRAINER', bound: false, expiresAt: null }, [])).toEqual(['role TRAINER', 'bound false']);
  expect(detailsOf({ ids: ['run_1', 'run_2'], priority: -3 }, ['run_1', 'run_2'])).toEqual(['priority -3']);
  expect(detailsOf({ input: { seeds: [1, 2], execution: { engine: 'AUTO' } } }, [])).toEqual(['seeds 1, 2', 'engine AUTO']);
});

it('what is long is cut, what is much is counted, nothing is nothing', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`a${i}`, i]));
  expect(detailsOf(many, [])).toEqual(['a0 0', 'a1 1', 'a2 2', 'a3 3', 'a4 4', 'a5 5', '3 more']);
  const [long = ''] = detailsOf({ seeds: Array.from({ length: 100 }, (_, i) => i) }, []);
  expect([long.length, long.endsWith('…')]).toEqual([60, true]);
  expect([detailsOf({}, []), detailsOf(null, [])]).toEqual([[], []]);
});
