import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { Suspense } from 'react';
import { loadSystemState, systemVariables } from '@/features/deck/scale.ts';
import { SystemView } from '@/features/deck/system-view.tsx';
import { DeckSystemDocument, DeckTitleDocument } from '@/generated/graphql.ts';
import { PreloadQuery, query } from '@/lib/api/server-client.ts';
import { TableSkeleton } from '@/ui/skeleton.tsx';

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await query({ query: DeckTitleDocument, variables: { slug: (await params).slug } });
  return { title: data?.deckSystem?.title ?? 'Not in the deck' };
}

export default async function SystemPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const variables = systemVariables(slug, await loadSystemState(searchParams));
  return (
    <PreloadQuery query={DeckSystemDocument} variables={variables}>
      <Suspense fallback={<TableSkeleton rows={8} rowHeight={64} label="Loading the system" />}>
        <SystemView key={slug} slug={slug} />
      </Suspense>
    </PreloadQuery>
  );
}
