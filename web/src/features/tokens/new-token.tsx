'use client';

import type { TokenRole } from '@/generated/graphql.ts';
import { basePath } from '@/lib/base-path.ts';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';

type Props = { name: string; role: TokenRole; token: string; onDone: () => void };

/** A new token's text, this once, and how it is used. */
export function NewToken({ name, role, token, onDone }: Props) {
  const use = role === 'TRAINER' ? `npm run trainer -- join --api ${location.origin}${basePath} --token …` : 'Authorization: Bearer …';
  return (
    <div role="status" className="pt-3">
      <p className="max-w-[68ch] text-muted">
        The token <strong className="font-medium text-ink [overflow-wrap:anywhere]">{name}</strong>, shown this once; only its hash is kept.
        It goes into <code className="font-mono text-xs [overflow-wrap:anywhere]">{use}</code>
      </p>
      <pre className="mt-3 max-w-3xl select-all overflow-x-auto bg-sunken px-3 py-2.5 font-mono text-xs leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {token}
      </pre>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={token} label="Copy the token" />
        <Button small look="quiet" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
