/** How `trainer join` ends, for what started it; docs/guide/fleet.md says the same. */
export const exitCodes = {
  /** As it should: told to by a signal, idle for long enough, or after as many runs as it was to take. Its last line says which. */
  ended: 0,
  /** Something broke. */
  crashed: 1,
  /** An option or variable cannot be understood. */
  usage: 2,
  /** The API does not take this trainer: its token, its role, or what answers is no Studyhall. */
  refused: 3,
  /** Its contract no longer fits the API's: it is to be updated. */
  outdated: 4,
  /** Told to end a second time: at once, with what ran left for the next start. */
  hurried: 130,
} as const;

/** An end that is not a crash, in words for people and a code for programs. */
export class JoinEnded extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}
