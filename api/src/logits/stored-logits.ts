import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { written } from '@studyhall/contract/settings/written.ts';
import type { ArtifactStore } from '../artifacts/store.ts';
import { badInput } from '../errors.ts';
import { labelledLogits, type StoredOutputs } from './labelled-logits.ts';

/** A network's logits on a split, and how it is named to who asks. */
export type LogitsFile = { readonly sha256: string; readonly of: string };

/** Largest file that is read, in bytes: 10,000 samples of 1,600 classes. */
const mostBytes = 64e6;

/** What was read is kept up to so many bytes: a page asks for several figures of the same logits, one after the other. */
const mostKept = 64e6;

type Limits = { readonly mostBytes: number; readonly mostKept: number };

/** Logits taken in before others have their turn: 5 to 10 ms on two busy cores. */
const partSize = 100_000;

/**
 * Logits by the hash of their file. Whoever needs them takes turns, so that what is in memory is bounded however many ask at once; and
 * between parts of them the event loop is everybody's.
 */
export class StoredLogits {
  readonly #kept = new Map<string, StoredOutputs>();
  #keptBytes = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly store: ArtifactStore,
    readonly limits: Limits = { mostBytes, mostKept },
  ) {}

  /** Computes something of logits, in its turn. */
  inTurn<Result>(compute: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(compute);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** @throws BAD_INPUT naming whose logits are gone, too large or damaged, or not finite. */
  async read({ sha256, of }: LogitsFile): Promise<StoredOutputs> {
    const known = this.#kept.get(sha256);
    if (known) {
      // Those asked for last are dropped last.
      this.#kept.delete(sha256);
      this.#kept.set(sha256, known);
      return known;
    }
    const size = await this.store.size(sha256);
    if (size === undefined) throw badInput(`${of} are gone: there is no file ${sha256} any more.`);
    if (size > this.limits.mostBytes)
      throw badInput(`${of} have ${written(size)} bytes; figures are made of up to ${written(this.limits.mostBytes)}.`);
    try {
      const found = labelledLogits(await buffer(this.store.read(sha256)));
      this.#keep(sha256, found);
      return found;
    } catch (error) {
      throw badInput(`${of} cannot be read: ${error instanceof Error ? error.message : error}`);
    }
  }

  #keep(sha256: string, outputs: StoredOutputs): void {
    const { byteLength } = outputs.logits;
    if (byteLength > this.limits.mostKept) return;
    this.#kept.set(sha256, outputs);
    this.#keptBytes += byteLength;
    for (const [oldest, { logits }] of this.#kept) {
      if (this.#keptBytes <= this.limits.mostKept) return;
      this.#kept.delete(oldest);
      this.#keptBytes -= logits.byteLength;
    }
  }
}

/** Takes all samples in, a part after the other. */
export async function inParts(samples: number, classes: number, take: (from: number, to: number) => void): Promise<void> {
  const size = Math.max(1, Math.floor(partSize / classes));
  for (let from = 0; from < samples; from += size) {
    take(from, Math.min(samples, from + size));
    await setImmediate();
  }
}
