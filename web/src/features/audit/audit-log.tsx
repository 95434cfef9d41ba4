'use client';

import { useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { AuditActionsDocument, AuditLogDocument } from '@/generated/graphql.ts';
import { momentUtc } from '@/lib/format/time.ts';
import { useSettled } from '@/lib/use-settled.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Input, Select } from '@/ui/input.tsx';
import { Labelled } from '@/ui/labelled.tsx';
import { Notice } from '@/ui/notice.tsx';
import { Pager } from '@/ui/pager.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';
import { wordsOf } from './action-words.ts';
import { EntryLine } from './entry-line.tsx';

const size = 50;

type Place = { after: string | null; before: string | null };
const start: Place = { after: null, before: null };

/** Who did what, latest first: for admins. */
export function AuditLog() {
  const isAdmin = useViewer().role === 'ADMIN';
  const [asked, setAsked] = useState({ person: '', action: '', since: '', until: '' });
  const [place, setPlace] = useState(start);
  const filter = useSettled(asked);
  const top = useRef<HTMLDivElement>(null);
  const { data, previousData, error } = useQuery(AuditLogDocument, {
    skip: !isAdmin,
    fetchPolicy: 'cache-and-network',
    variables: {
      ...(place.before ? { last: size, before: place.before } : { first: size, after: place.after }),
      filter: {
        person: filter.person.trim() || null,
        action: filter.action || null,
        since: dayOf(filter.since),
        until: dayOf(filter.until, 1),
      },
    },
  });
  const { auditActions = [] } = useQuery(AuditActionsDocument, { skip: !isAdmin }).data ?? {};
  if (!isAdmin)
    return (
      <Notice title="This page is for admins">It says who changed, removed or granted what: ask one of them, or come with the key.</Notice>
    );
  const { auditLog } = data ?? previousData ?? {};
  const write = (name: keyof typeof asked) => ({
    value: asked[name],
    onChange: (event: { target: { value: string } }) => {
      setAsked({ ...asked, [name]: event.target.value });
      setPlace(start);
    },
  });
  return (
    <>
      <div ref={top} className="grid max-w-3xl scroll-mt-24 grid-cols-2 gap-2 pb-4 sm:grid-cols-4">
        <Labelled small label="Who">
          {(field) => <Input {...field} placeholder="the whole name" {...write('person')} />}
        </Labelled>
        <Labelled small label="Did what">
          {(field) => (
            <Select {...field} {...write('action')}>
              <option value="">anything</option>
              {auditActions.map((action) => (
                <option key={action} value={action}>
                  {wordsOf(action)}
                </option>
              ))}
            </Select>
          )}
        </Labelled>
        <Labelled small label="From (UTC)">
          {(field) => <Input {...field} type="date" {...write('since')} />}
        </Labelled>
        <Labelled small label="To (UTC)">
          {(field) => <Input {...field} type="date" {...write('until')} />}
        </Labelled>
      </div>
      <Refusal of={error} className="pb-3" />
      {!auditLog && !error ? <TableSkeleton rows={6} rowHeight={44} label="Loading the audit log" /> : null}
      {auditLog ? (
        <>
          <ul className="border-t border-line-strong">
            {auditLog.edges.map(({ node }) => (
              <EntryLine key={node.id} {...node} at={momentUtc(new Date(node.at))} />
            ))}
          </ul>
          {auditLog.edges.length === 0 ? <p className="py-3 text-muted">Nothing of that kind was done.</p> : null}
          <Pager
            noun="entries"
            shown={auditLog.edges.length}
            totalCount={auditLog.totalCount}
            pageInfo={auditLog.pageInfo}
            onMove={(to) => {
              setPlace(to);
              // A log is read from its top.
              top.current?.scrollIntoView();
            }}
          />
        </>
      ) : null}
    </>
  );
}

/** The beginning of a day, or of one that comes so many days later; null where none is written. */
function dayOf(text: string, later = 0): string | null {
  const day = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.getUTCFullYear() < 1970 || day.getUTCFullYear() > 9998) return null;
  day.setUTCDate(day.getUTCDate() + later);
  return day.toISOString();
}
