import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { DeckSystemQuery } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { LinkButton } from '@/ui/button.tsx';
import type { ScaleName } from './scale.ts';

type Props = { systems: DeckSystemQuery['deckSystems']; slug: string; scale: ScaleName };

/** To the rows before and after, at the same scale. */
export function Neighbours({ systems, slug, scale }: Props) {
  const place = systems.findIndex((system) => system.slug === slug);
  const before = systems[place - 1];
  const after = systems[place + 1];
  const address = (to: string) => paths.system(to, scale === 'tiny' ? undefined : scale);
  return (
    <>
      {before ? (
        <LinkButton href={address(before.slug)} small title={before.title}>
          <ChevronLeft aria-hidden className="size-3.5" /> Row {before.row}
        </LinkButton>
      ) : null}
      {after ? (
        <LinkButton href={address(after.slug)} small title={after.title}>
          Row {after.row} <ChevronRight aria-hidden className="size-3.5" />
        </LinkButton>
      ) : null}
    </>
  );
}
