'use client';

import { basePath } from '@/lib/base-path.ts';
import { ShownOnce } from './shown-once.tsx';

type Props = { name: string; token: string; onDone: () => void };

/** A new token for a machine, this once, in the commands that it goes into. */
export function TrainerToken({ name, token, onDone }: Props) {
  const commands = `npm ci\nnpm run trainer -- join --api ${location.origin}${basePath} --token ${token}`;
  const isUnreachable = location.hostname === 'localhost' || location.hostname.startsWith('127.');
  return (
    <ShownOnce
      about={
        <>
          The token <strong className="font-medium text-ink [overflow-wrap:anywhere]">{name}</strong>, shown this once; only its hash is
          kept. In a clone of the repository on its machine, run these two. Where an image is the trainer, the token alone is its{' '}
          <code className="font-mono text-xs">STUDYHALL_TOKEN</code>.
        </>
      }
      text={commands}
      copies={{ 'Copy both': commands, 'Copy the token alone': token }}
      onDone={onDone}
    >
      {isUnreachable ? (
        <p className="mt-2 max-w-[68ch] text-xs text-muted">
          This page was opened as {location.hostname}, which another machine cannot reach: put the name or address of this one in its place,
          and let Studyhall listen on more than this machine.
        </p>
      ) : null}
    </ShownOnce>
  );
}
