import type { Metadata } from 'next';
import { People } from '@/features/people/people.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'People' };

export default function PeoplePage() {
  return (
    <>
      <PageHeader title="People">Who has an account here, what they may do, and who is invited.</PageHeader>
      <People />
    </>
  );
}
