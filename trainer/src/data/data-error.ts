/** Data that cannot be used as it is: the message names the file, what is wrong with it and what would be right. */
export class DataError extends Error {
  override name = 'DataError';
}
