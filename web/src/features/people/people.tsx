'use client';

import { useQuery } from '@apollo/client/react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ListedPersonFragmentDoc, OpenInvitationFragmentDoc, PeopleDocument } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Notice } from '@/ui/notice.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';
import { Invitations } from './invitations.tsx';
import { PersonLine } from './person-line.tsx';

/** Who has an account, and who is invited: for admins. */
export function People() {
  const isAdmin = useViewer().role === 'ADMIN';
  const { data, error, refetch } = useQuery(PeopleDocument, { skip: !isAdmin, fetchPolicy: 'cache-and-network' });
  if (!isAdmin)
    return <Notice title="This page is for admins">They say who may come and do what here: ask one of them, or come with the key.</Notice>;
  if (!data && error)
    return (
      <Notice tone="danger" title="The people could not be read">
        {errorMessage(error)}
      </Notice>
    );
  if (!data) return <TableSkeleton rows={3} rowHeight={56} label="Loading the people" />;
  const people = data.people.map((person) => unmask(ListedPersonFragmentDoc, person));
  const admins = people.filter(({ role }) => role === 'ADMIN').length;
  const again = () => void refetch().catch(() => {});
  return (
    <>
      <section aria-labelledby="accounts">
        <SectionTitle id="accounts" aside={people.length > 0 ? `${people.length} in all` : undefined}>
          Accounts
        </SectionTitle>
        {people.length === 0 ? (
          <p className="pt-3 text-muted">Nobody has an account yet. Invite an admin first: then nobody needs the key.</p>
        ) : (
          <ul>
            {people.map((person) => (
              <PersonLine key={person.id} person={person} isLastAdmin={person.role === 'ADMIN' && admins === 1} onChanged={again} />
            ))}
          </ul>
        )}
      </section>
      <Invitations open={data.invitations.map((one) => unmask(OpenInvitationFragmentDoc, one))} onChanged={again} />
    </>
  );
}
