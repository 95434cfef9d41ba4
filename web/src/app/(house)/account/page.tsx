import type { Metadata } from 'next';
import { Account } from '@/features/people/account.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Account' };

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> };

export default async function AccountPage({ searchParams }: Props) {
  const { because } = await searchParams;
  return (
    <>
      <PageHeader title="Account" />
      <Account unanswered={because === 'unanswered'} />
    </>
  );
}
