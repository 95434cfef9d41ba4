/** Whether a version is older than another, by its numbers in turn. */
export const isOlder = (version: string, than: string): boolean => {
  const [own, other] = [version, than].map((text) => text.split('.').map(Number));
  for (const [index, number] of (other ?? []).entries()) {
    const difference = (own?.[index] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
};
