import type { ListedTokenFragment } from '@/generated/graphql.ts';
import { momentUtc } from '@/lib/format/time.ts';
import { Ago } from '@/ui/ago.tsx';
import { kindOf } from './kinds.ts';
import { RevokeToken } from './revoke-token.tsx';

/** A token: whose, what it may do, when it was used, and its end. */
export function TokenLine({ token, onRevoked }: { token: ListedTokenFragment; onRevoked: () => void }) {
  const { name, createdBy, createdAt, usedAt, expiresAt, revokedAt, revokedBy, isCallers } = token;
  const { name: kind, may } = kindOf(token);
  const expired = expiresAt != null && new Date(expiresAt).getTime() <= Date.now();
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-b border-line py-2.5">
      <div className="min-w-0">
        <p className="font-medium [overflow-wrap:anywhere]">
          {name}
          {isCallers ? <span className="ml-2 text-xs font-normal text-muted">you came with it</span> : null}
        </p>
        <p className="text-xs text-muted">
          {kind}: {may}
          {machineOf(token)}
        </p>
        <p className="text-xs text-muted">
          Made by {createdBy ?? 'the server'} <Ago at={createdAt} />;{' '}
          {usedAt ? (
            <>
              used <Ago at={usedAt} />
            </>
          ) : (
            'never used'
          )}
          {expiresAt ? `; ${expired ? 'expired' : 'good until'} ${momentUtc(new Date(expiresAt))}` : ''}
          {revokedAt ? (
            <>
              ; revoked {revokedBy ? `by ${revokedBy} ` : ''}
              <Ago at={revokedAt} />
            </>
          ) : null}
        </p>
      </div>
      {revokedAt || expired ? null : <RevokeToken token={token} onRevoked={onRevoked} />}
    </li>
  );
}

function machineOf({ bound, machine }: ListedTokenFragment): string {
  if (!bound) return '';
  return machine ? `; on ${machine} alone` : '; on the first machine that joins with it';
}
