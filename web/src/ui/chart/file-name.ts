/** Words as the name of a file, without its ending: `Accuracy, %` is `accuracy`. */
export const fileName = (...words: readonly string[]): string =>
  words
    .map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}_.]+/gu, '-'))
    .join('-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^-|-$/g, '');
