'use client';

import type { TokenRole } from '@/generated/graphql.ts';
import { basePath } from '@/lib/base-path.ts';
import { ShownOnce } from '@/ui/shown-once.tsx';

type Props = { name: string; role: TokenRole; token: string; onDone: () => void };

/** A new token's text, this once, and how it is used. */
export function NewToken({ name, role, token, onDone }: Props) {
  const use = role === 'TRAINER' ? `npm run trainer -- join --api ${location.origin}${basePath} --token …` : 'Authorization: Bearer …';
  return (
    <ShownOnce
      about={
        <>
          The token <strong className="font-medium text-ink [overflow-wrap:anywhere]">{name}</strong>, shown this once; only its hash is
          kept. It goes into <code className="font-mono text-xs [overflow-wrap:anywhere]">{use}</code>
        </>
      }
      text={token}
      copy="Copy the token"
      onDone={onDone}
    />
  );
}
