import type { Metadata } from 'next';
import { LockedPage } from '@/features/access/locked-page.tsx';

export const metadata: Metadata = { title: 'Not opened' };

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> };

export default async function RefusedPage({ searchParams }: Props) {
  return <LockedPage because={'unanswered' in (await searchParams) ? 'unanswered' : 'refused'} />;
}
