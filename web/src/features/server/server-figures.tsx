'use client';

import { useQuery } from '@apollo/client/react';
import { ServerFiguresDocument } from '@/generated/graphql.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Ago } from '@/ui/ago.tsx';
import { Notice } from '@/ui/notice.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { figure } from './figure.ts';

const everyMs = 5000;

/** The figures of the API that answers, read again every few seconds: they belong to no change that could be told. */
export function ServerFigures() {
  const isPerson = useViewer().role != null;
  const { data, error } = useQuery(ServerFiguresDocument, { skip: !isPerson, pollInterval: everyMs, fetchPolicy: 'network-only' });
  if (!isPerson) return <Notice title="This page needs a key">Open the link that Studyhall printed when it started.</Notice>;
  return (
    <>
      <Refusal of={error} className="pb-3" />
      <dl className="border-t border-line-strong">
        {(data?.serverFigures ?? []).map(({ name, title, unit, value }) => (
          <div key={name} className="grid gap-x-10 gap-y-0.5 border-b border-line py-2.5 sm:grid-cols-[minmax(0,1fr)_8rem]">
            <dt className="min-w-0">
              <span className="font-medium">{title}</span>
              <code className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">{name}</code>
            </dt>
            <dd className="tabular-nums sm:text-right">
              {unit === 'MOMENT' ? <Ago at={new Date(value * 1000).toISOString()} /> : figure(unit, value)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
