import type { Bounds } from '../limits/inputs.ts';

/** Of a note that people write; how long which may be, its rule says. */
export const noteBounds = { extensions: { bounds: { maxLength: 100_000 } satisfies Bounds } };

/** Of an argument. */
export const seen =
  'As they were when they were read. One that somebody else has changed since is not replaced: the code is CONFLICT, and nothing is saved.';
