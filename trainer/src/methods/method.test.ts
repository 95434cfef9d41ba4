import { describe, expect, it } from 'vitest';
import { roleOf } from './method.ts';
import { methodFrom } from './testing/method-from.ts';

describe('the role of a cohort’s networks', () => {
  it('is the peer’s where they learn from each other, in whichever order', () => {
    expect(roleOf(methodFrom({ mutual: {} }))).toBe('PEER');
    expect(roleOf(methodFrom({ mutual: { update: 'SIMULTANEOUS' } }))).toBe('PEER');
  });

  it('is the student’s where the others do not matter, whether or not there is a teacher', () => {
    expect(roleOf(methodFrom({ independent: {} }))).toBe('STUDENT');
    expect(roleOf(methodFrom({ confidencePenalty: {} }))).toBe('STUDENT');
    expect(roleOf(methodFrom({ distillation: { teachers: [{ run: { runId: 'a' } }] } }))).toBe('STUDENT');
  });
});
