'use client';

import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { ListedTokenFragmentDoc, TokensDocument } from '@/generated/graphql.ts';
import { howToWrite } from '@/lib/how-to-write.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Checkbox } from '@/ui/input.tsx';
import { Notice } from '@/ui/notice.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';
import { TokenForm } from './token-form.tsx';
import { TokenLine } from './token-line.tsx';

/** The tokens that are good, or those that ended: to an admin all, to a member their own. */
export function Tokens() {
  const viewer = useViewer();
  const [ended, setEnded] = useState(false);
  const options = { skip: !viewer.canWrite, fetchPolicy: 'cache-and-network' } as const;
  const { data, error, refetch } = useQuery(TokensDocument, { ...options, variables: { ended } });
  if (!viewer.canWrite) return <Notice title="This page is for who may write">{howToWrite(viewer)}</Notice>;
  const again = () => void refetch().catch(() => {});
  const tokens = data?.tokens.map((token) => unmask(ListedTokenFragmentDoc, token)).filter(({ revokedAt }) => ended || !revokedAt);
  return (
    <>
      <section aria-labelledby="tokens">
        <SectionTitle
          id="tokens"
          aside={
            <Checkbox checked={ended} onChange={(event) => setEnded(event.target.checked)}>
              Those that ended
            </Checkbox>
          }
        >
          {viewer.role === 'ADMIN' ? 'All tokens' : 'Your tokens'}
        </SectionTitle>
        <Refusal of={error} className="pt-3" />
        {tokens ? null : <TableSkeleton rows={3} rowHeight={56} label="Loading the tokens" />}
        {tokens?.length === 0 ? <p className="pt-3 text-muted">{ended ? 'None has ended yet.' : 'There is none yet.'}</p> : null}
        <ul>
          {tokens?.map((token) => (
            <TokenLine key={token.id} token={token} onRevoked={again} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="make" className="mt-10">
        <SectionTitle id="make">Make a token</SectionTitle>
        <TokenForm onMade={again} />
      </section>
    </>
  );
}
