/** Seconds for which a browser that is not used stays signed in. */
export const sessionSeconds = 30 * 24 * 3600;
