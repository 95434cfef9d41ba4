import type { Metadata } from 'next';
import { AuditLog } from '@/features/audit/audit-log.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Audit log' };

export default function AuditPage() {
  return (
    <>
      <PageHeader title="Audit log">Who changed, removed or granted what, when and whence; times are in UTC.</PageHeader>
      <AuditLog />
    </>
  );
}
