import type { Method } from '@/generated/graphql.ts';
import type { Series } from './series.ts';

type Style = Required<Pick<Series, 'colour' | 'dash'>>;

/** The colour of a method, the same on every chart: a variable of the theme. Groups of one method have its shades. */
const colours: Record<Method, readonly [string, string, string]> = {
  INDEPENDENT: ['--independent', '--independent-2', '--independent-3'],
  DISTILLATION: ['--distillation', '--distillation-2', '--distillation-3'],
  MUTUAL: ['--mutual', '--mutual-2', '--mutual-3'],
  CONFIDENCE_PENALTY: ['--penalty', '--penalty-2', '--penalty-3'],
};

const dashes = ['solid', 'dashed', 'dotted'] as const;

export const methodColour = (method: Method): string => colours[method][0];

/** How lines of these methods are drawn on one chart: those of one method by its shades, and from the fourth on by dashes. */
export function methodStyles(methods: readonly Method[]): Style[] {
  const before = new Map<Method, number>();
  return methods.map((method) => {
    const place = before.get(method) ?? 0;
    before.set(method, place + 1);
    const shades = colours[method];
    return {
      colour: shades[place % shades.length] ?? shades[0],
      dash: dashes[Math.floor(place / shades.length) % dashes.length] ?? 'solid',
    };
  });
}
