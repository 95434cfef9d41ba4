import { randomUUID } from 'node:crypto';

/** Stands in a text where a known part's belongs. Nobody is told it: no answer can hold it by itself. */
const place = randomUUID();

/** Texts of the known parts of what is being written, in its order; null while nothing is. */
let texts: string[] | null = null;

/** A part of many answers: written once, however many answers hold it. Whoever writes one in another way than `write` has the value written. */
export class KnownPart {
  #text: string | undefined;

  constructor(readonly value: unknown) {}

  toJSON(): unknown {
    if (!texts) return this.value;
    this.#text ??= JSON.stringify(this.value);
    texts.push(this.#text);
    return place;
  }
}

/** What JSON.stringify gives, with the texts of known parts. */
export function write(answer: object): string {
  const known: string[] = [];
  texts = known;
  try {
    const pieces = JSON.stringify(answer).split(`"${place}"`);
    return pieces.map((piece, i) => piece + (known[i] ?? '')).join('');
  } finally {
    texts = null;
  }
}
