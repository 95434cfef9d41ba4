/** `deleteRuns` as it is read: delete runs. */
export const wordsOf = (action: string) => action.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
