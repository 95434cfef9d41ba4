import { createHmac } from 'node:crypto';
import type { About, WebhookEvent } from '../sql/webhooks.ts';

/** What is sent: `text` is what Slack and its like show; the rest is for programs. */
export function messageOf(id: string, event: WebhookEvent | null, about: About): string {
  return JSON.stringify({ text: textOf(event, about), id, event: event ?? 'TEST', ...about });
}

function textOf(event: WebhookEvent | null, { label, seed, reason, trainer, experiment }: About): string {
  const run = `${plain(label ?? '')}, seed ${seed}`;
  const where = `(${plain(experiment)})`;
  if (event === null) return `Studyhall reaches you ${where}.`;
  if (event === 'FINISHED') return `Finished: ${run} ${where}`;
  if (event === 'FAILED') return `Failed: ${run} ${where}${reason ? `: ${plain(reason)}` : ''}`;
  return `Trainer lost: ${plain(trainer ?? '')} was training ${run} ${where}; the run goes on with another.`;
}

/** Slack reads these three as marks: of links, and of calling everyone. */
const plain = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The value of the header X-Studyhall-Signature: `t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY`. The time is signed, too, so that a
 * receiver can refuse what is sent again later.
 */
export function signatureOf(secret: string, body: string, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
