import { createLoader, type inferParserType, parseAsStringLiteral } from 'nuqs/server';
import type { DeckScale } from '@/generated/graphql.ts';

export const scales = ['tiny', 'small', 'paper'] as const;
export type ScaleName = (typeof scales)[number];

/** What the address of a system's page holds. */
export const systemParsers = { scale: parseAsStringLiteral(scales).withDefault('tiny') };

export const loadSystemState = createLoader(systemParsers);

/** The query an address stands for. */
export function systemVariables(slug: string, { scale }: inferParserType<typeof systemParsers>) {
  return { slug, scale: contractScales[scale] };
}

const contractScales: Record<ScaleName, DeckScale> = { tiny: 'TINY', small: 'SMALL', paper: 'PAPER' };

export const scaleNames: Record<DeckScale, { name: string; address: ScaleName; about: string }> = {
  TINY: { name: 'Tiny', address: 'tiny', about: 'generated images, to try it out' },
  SMALL: { name: 'Small', address: 'small', about: 'real data, little of it' },
  PAPER: { name: 'Paper', address: 'paper', about: 'the published recipe' },
};
