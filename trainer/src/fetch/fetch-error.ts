/** Something that could not be fetched or put in place: the message says what was tried, and what to do by hand. */
export class FetchError extends Error {
  override name = 'FetchError';
}
