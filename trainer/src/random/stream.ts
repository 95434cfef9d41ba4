import { philox } from './philox.ts';

/**
 * What a draw is for. Each purpose is its own generator under a run's seed, so that adding draws for one never shifts another's:
 * the same seed means the same initial weights, batches and augmentation whatever the method. Numbers are never reused.
 */
export const PURPOSE = { init: 1, shuffle: 2, augmentation: 3, dropout: 4, noise: 5, split: 6, scene: 7, probe: 8 } as const;
export type Purpose = keyof typeof PURPOSE;

/**
 * A sequence of draws named by seed, purpose and up to three further numbers (network, epoch, sample …).
 * Two streams of the same name give the same draws; any other name gives independent ones.
 */
export class Stream {
  readonly #words = new Uint32Array(4);
  readonly #seed: number;
  readonly #purpose: number;
  readonly #a: number;
  readonly #b: number;
  readonly #c: number;
  #block = 0;
  #left = 0;
  #spareNormal: number | null = null;

  constructor(seed: number, purpose: Purpose, a = 0, b = 0, c = 0) {
    this.#seed = seed;
    this.#purpose = PURPOSE[purpose];
    this.#a = a;
    this.#b = b;
    this.#c = c;
  }

  /** Uniform over the unsigned 32-bit integers. */
  word(): number {
    if (this.#left === 0) {
      philox(this.#seed, this.#purpose, this.#block++, this.#a, this.#b, this.#c, this.#words);
      this.#left = 4;
    }
    return this.#words[4 - this.#left--] as number;
  }

  /** Uniform in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.word() / 0x100000000;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Uniform over 0 … n − 1, without bias: words beyond the last full multiple of n are drawn again. */
  below(n: number): number {
    const limit = 0x100000000 - (0x100000000 % n);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % n;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Makes each number 0 with that probability, else `kept`. Eight bits decide, and a word of its own where they leave it open: about four
   * numbers per word, and yet exactly that probability.
   */
  drop(numbers: Float32Array, probability: number, kept: number): void {
    const threshold = Math.floor(probability * 256);
    const rest = probability * 256 - threshold;
    let bits = 0;
    for (let k = 0; k < numbers.length; k++) {
      if (k % 4 === 0) bits = this.word();
      const own = bits & 0xff;
      bits >>>= 8;
      numbers[k] = own > threshold || (own === threshold && this.uniform() >= rest) ? kept : 0;
    }
  }

  /** Reorders `items` in place, every order equally likely (Fisher and Yates). */
  shuffle(items: Int32Array | number[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = items[i] as number;
      items[i] = items[j] as number;
      items[j] = kept;
    }
  }
}
