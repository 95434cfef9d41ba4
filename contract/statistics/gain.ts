/** What a network (or an ensemble) has over its twin of the same seed; null where one of them has no figure. */
export function gain(own: number | null, twin: number | null | undefined): number | null {
  return own === null || twin == null ? null : own - twin;
}
