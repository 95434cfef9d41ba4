import { expect } from 'vitest';
import type { ChaosHouse } from './house.ts';
import { epochsByNetwork, numbersOf, type Run, type Standing, schedule, untilRun, untilSucceeded } from './runs.ts';
import { mutualSpec } from './specs.ts';

const EPOCHS = 10;
const everyEpoch = Array.from({ length: EPOCHS }, (_, index) => index + 1);
const SEED = 7;

/** A run that nobody disturbed, to hold others of its spec and seed against. */
export class Undisturbed {
  readonly #house: ChaosHouse;
  readonly run: Run;

  private constructor(house: ChaosHouse, run: Run) {
    this.#house = house;
    this.run = run;
  }

  /** Trains it by a trainer that is gone afterwards. */
  static async in(house: ChaosHouse): Promise<Undisturbed> {
    await house.trainer('calm');
    const run = await untilSucceeded(house.api, await schedule(house.api, mutualSpec(EPOCHS), SEED));
    await house.dismiss();
    return new Undisturbed(house, run);
  }

  /** The same run again, which somebody is about to disturb; resolves when it is well under way. */
  async againMidway(): Promise<Standing> {
    const id = await schedule(this.#house.api, mutualSpec(EPOCHS), SEED);
    const run = await untilRun(this.#house.api, id, 'is midway', ({ epochsDone }) => epochsDone >= 2);
    expect(run.state).toBe('RUNNING');
    return run;
  }

  /** Checks that a run has lost nothing and has the same numbers. */
  expectSame(run: Run): void {
    expect(epochsByNetwork(run)).toEqual([everyEpoch, everyEpoch]);
    expect(numbersOf(run)).toEqual(numbersOf(this.run));
    expect(run.mixedFingerprints).toBe(false);
  }
}
