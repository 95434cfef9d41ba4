'use client';

import { type FormEvent, useState } from 'react';

/** Sends a form to the address it names, by script: what was typed stays when it is refused. Goes on with a whole page, as whoever one is then. */
export function useSending() {
  const [sending, setSending] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (sending) return;
    setSending(true);
    setSaid(null);
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body })
      .then((response) => response.json() as Promise<{ next?: string; problem?: string }>)
      .catch(() => ({ problem: 'The server does not answer: try again in a moment.' }));
    if ('next' in answer && answer.next) return location.assign(answer.next);
    setSending(false);
    setSaid(answer.problem ?? 'The server did not say why.');
    form.querySelector<HTMLInputElement>('input[type=password]')?.select();
  };
  return { send, sending, said };
}
