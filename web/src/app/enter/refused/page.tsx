import type { Metadata } from 'next';
import { LockedPage } from '@/features/access/locked-page.tsx';

export const metadata: Metadata = { title: 'Wrong key' };

export default function RefusedPage() {
  return <LockedPage refused />;
}
