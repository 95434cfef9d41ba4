import type { DeckScale } from '@/generated/graphql.ts';

/** What the form starts with: a run to clone, a group of the deck, an experiment to join. */
export type ScheduleSource = {
  clone: string | null;
  group: { slug: string; scale: DeckScale; key: string } | null;
  experiment: string | null;
};

type Address = { [name: string]: string | string[] | undefined };

const scales: Record<string, DeckScale> = { tiny: 'TINY', small: 'SMALL', paper: 'PAPER' };

/** Reads the form's address; what is given twice or makes no sense is left out. */
export function scheduleSource(address: Address): ScheduleSource {
  const one = (name: string) => (typeof address[name] === 'string' ? address[name] : null);
  const [slug, key, scale] = [one('deck'), one('group'), scales[one('scale') ?? 'tiny']];
  return { clone: one('clone'), experiment: one('experiment'), group: slug && key && scale ? { slug, scale, key } : null };
}
