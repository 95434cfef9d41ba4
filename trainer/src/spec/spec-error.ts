import type { Problem } from '@studyhall/contract/settings/problem.ts';

/** A spec that cannot be run; all that is wrong with it. */
export class SpecError extends Error {
  override name = 'SpecError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ path, message }) => (path === '' ? `the spec ${message}` : `${path} ${message}`)).join('\n'));
    this.problems = problems;
  }
}
