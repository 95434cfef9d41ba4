/** Why a trainer ends by itself. */
export type Ending = 'idle' | 'enough runs';

export type Limits = {
  /** Milliseconds without a run after which it ends; null: never. */
  readonly idleMs: number | null;
  /** Runs that it takes, and then no more; null: as many as there are. */
  readonly mostRuns: number | null;
};

export const unlimited: Limits = { idleMs: null, mostRuns: null };

/** When a trainer that is there for a while only has done what it is for. */
export class WorkLimits {
  #begun = 0;
  #idleSince: number;

  constructor(
    readonly limits: Limits,
    readonly now: () => number = () => performance.now(),
  ) {
    this.#idleSince = now();
  }

  /** Whether it ends by itself at all. */
  get ephemeral(): boolean {
    return this.limits.idleMs !== null || this.limits.mostRuns !== null;
  }

  /** Whether one more run may be taken. */
  get mayTake(): boolean {
    return this.limits.mostRuns === null || this.#begun < this.limits.mostRuns;
  }

  /** A run has begun. */
  begin(): void {
    this.#begun += 1;
  }

  /** A run has ended, or something else has that kept it from taking one. */
  rest(): void {
    this.#idleSince = this.now();
  }

  /** @param running how many runs there are now */
  ending(running: number): Ending | null {
    if (running > 0) return null;
    if (!this.mayTake) return 'enough runs';
    return this.#idleLeftMs <= 0 ? 'idle' : null;
  }

  /** How long to wait at most before `ending` is asked again. */
  waitMs(usualMs: number): number {
    return Math.max(0, Math.min(usualMs, this.#idleLeftMs));
  }

  get #idleLeftMs(): number {
    return this.limits.idleMs === null ? Number.POSITIVE_INFINITY : this.#idleSince + this.limits.idleMs - this.now();
  }
}
