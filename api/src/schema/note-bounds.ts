import type { Bounds } from '../limits/inputs.ts';

/** Of a note that people write; how long which may be, its rule says. */
export const noteBounds = { extensions: { bounds: { maxLength: 100_000 } satisfies Bounds } };
