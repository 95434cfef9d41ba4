/** For `vi.waitFor`: what is announced is heard in a moment, unless the machine is busy. */
export const patience = { timeout: 15_000 };
