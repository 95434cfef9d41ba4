'use client';

import type { TokenRole } from '@/generated/graphql.ts';
import { ShownOnce } from '@/ui/shown-once.tsx';
import { TrainerToken } from '@/ui/trainer-token.tsx';

type Props = { name: string; role: TokenRole; token: string; onDone: () => void };

/** A new token's text, this once, and how it is used. */
export function NewToken({ name, role, token, onDone }: Props) {
  if (role === 'TRAINER') return <TrainerToken name={name} token={token} onDone={onDone} />;
  return (
    <ShownOnce
      about={
        <>
          The token <strong className="font-medium text-ink [overflow-wrap:anywhere]">{name}</strong>, shown this once; only its hash is
          kept. It goes into <code className="font-mono text-xs [overflow-wrap:anywhere]">Authorization: Bearer …</code>
        </>
      }
      text={token}
      copies={{ 'Copy the token': token }}
      onDone={onDone}
    />
  );
}
