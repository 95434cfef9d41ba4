import { expect, it } from 'vitest';
import { runIdIn } from './run-id-in.ts';

it('is a run’s id by itself, or in a link to its page', () => {
  expect(runIdIn('run_01aZ')).toBe('run_01aZ');
  expect(runIdIn(' https://studyhall.example/runs/run_01aZ#analyses ')).toBe('run_01aZ');
  expect(runIdIn('net_0')).toBeNull();
});
