/** One thing that is wrong with a spec. Path of the field: `training.learningRate`, `networks.0.model`. */
export type SpecProblem = { readonly path: string; readonly message: string };

/** A spec that cannot be run; all that is wrong with it. */
export class SpecError extends Error {
  override name = 'SpecError';
  readonly problems: readonly SpecProblem[];

  constructor(problems: readonly SpecProblem[]) {
    super(problems.map(({ path, message }) => (path === '' ? `the spec ${message}` : `${path} ${message}`)).join('\n'));
    this.problems = problems;
  }
}
