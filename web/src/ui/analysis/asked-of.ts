/** Whom a question is about, in a few words: a network that is its own reference counts once. */
export function askedOf(networks: readonly { label: string; network: number }[]): string {
  const [first, ...others] = new Map(networks.map((one) => [one.label, one])).values();
  if (!first) return '';
  if (others.length === 0) return first.label;
  const count = others.length + 1;
  return others.every(({ network }) => network === first.network) ? `network ${first.network} of ${count} runs` : `${count} networks`;
}
