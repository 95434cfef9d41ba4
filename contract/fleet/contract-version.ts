/**
 * What a trainer and the API say to each other, by number: raised with every change after which an older trainer would do wrong, or fail in
 * words that help nobody. A trainer says which one it speaks when it registers.
 */
export const contractVersion = 1;

/** The oldest that an API of this code still takes: a trainer of an older one is told to update. One that names none speaks 1. */
export const oldestContract = 1;
