import type { Metadata } from 'next';
import { Tokens } from '@/features/tokens/tokens.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Tokens' };

export default function TokensPage() {
  return (
    <>
      <PageHeader title="Tokens">
        What scripts, programs and machines come in by: what each may do, until when, and when it was last used.
      </PageHeader>
      <Tokens />
    </>
  );
}
