import type { Method } from '@/generated/graphql.ts';
import { methodStyles } from '@/ui/chart/method-style.ts';
import { seriesColour } from '@/ui/chart/series.ts';

/**
 * The colours of networks, by their places: those of their methods where they differ in them, as on all pages that hold methods against each
 * other; else those that networks have on their run's page. A run that is gone is told from others by its place.
 */
export function networkColours(methods: readonly (Method | null)[]): (place: number) => string {
  const known = methods.filter((method) => method !== null);
  if (new Set(known).size < 2) return seriesColour;
  const styles = methodStyles(known);
  const colours = methods.map((method, place) => (method === null ? seriesColour(place) : styles.shift()?.colour));
  return (place) => colours[place] ?? seriesColour(place);
}
