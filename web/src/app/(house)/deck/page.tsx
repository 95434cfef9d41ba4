import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Gallery } from '@/features/deck/gallery.tsx';
import { DeckSystemsDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Deck' };

export default function DeckPage() {
  return (
    <>
      <PageHeader title="Deck">
        What the slides “KD &amp; Mutual” claim, each put to the test here. New to it? Open a card and schedule it at the tiny scale: a
        first answer takes minutes, on this machine.
      </PageHeader>
      <PreloadQuery query={DeckSystemsDocument}>
        <Suspense fallback={<TableSkeleton rows={4} rowHeight={320} label="Loading the deck" />}>
          <Gallery />
        </Suspense>
      </PreloadQuery>
    </>
  );
}
