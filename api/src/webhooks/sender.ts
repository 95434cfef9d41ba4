import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isLoopbackName } from '../../../start/machine/visitor.mjs';
import type { Db } from '../db.ts';
import type { Settings } from '../env.ts';
import type { Hub } from '../events/hub.ts';
import { Seldom } from '../seldom.ts';
import { type DueDelivery, forgetOld, noteAnswer, takeDue, untilDue } from '../sql/webhooks.ts';
import { messageOf, signatureOf } from './message.ts';
import { post } from './post.ts';

/** Of one process at a time. */
const atOnce = 8;
/** After a failure, and while no changes can be heard. */
const againMs = 1000;
/** While another process has in hand what is due. */
const leastMs = 50;
const forgetEveryMs = 3600_000;
const keptDays = 30;

/** Seconds from one try to the next: some four hours in all, for a receiver that is being mended. */
export const waits = [5, 20, 80, 320, 1280, 5120, 7200] as const;

/** Whether webhooks may call a host on a private network: one that was named, or any where nobody but this machine uses Studyhall. */
export function mayCallPrivate(url: URL, { webhookHosts, host, publicHosts }: Settings): boolean {
  if (webhookHosts.includes(url.host) || webhookHosts.includes(url.hostname)) return true;
  return isLoopbackName(host) && publicHosts.length === 0;
}

/** Sends what is due, once each over all processes, until it is stopped. What is under way then is sent to its end. */
export function startSender(db: Db, hub: Hub, settings: Settings, log: Logger): { stop(): Promise<void> } {
  const seldom = new Seldom();
  const stopping = new AbortController();
  let listener = hub.listen(['webhook']);
  let forgotten = 0;
  /** @returns milliseconds until there is something to do, should nobody say so before. */
  const look = async () => {
    try {
      for (let sent = atOnce; sent === atOnce && !stopping.signal.aborted; ) sent = await sendDue(db, settings);
      if (Date.now() - forgotten > forgetEveryMs) {
        await forgetOld(db, keptDays);
        forgotten = Date.now();
      }
      return Math.min((await untilDue(db)) ?? forgetEveryMs, forgetEveryMs);
    } catch (error) {
      seldom.say('webhooks', () => log.warn({ err: error }, 'Webhooks could not be sent; they are as soon as they can.'));
      return againMs;
    }
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      const timer = setTimeout(() => listener.again(), Math.max(leastMs, await look()));
      timer.unref();
      try {
        await listener.next();
      } catch {
        // Nothing can be heard now: what comes up meanwhile is found by looking.
        await delay(againMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
      clearTimeout(timer);
      if (listener.closed) listener = hub.listen(['webhook']);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      listener.close();
      await running;
    },
  };
}

/** @returns how many were tried. */
export async function sendDue(db: Db, settings: Settings): Promise<number> {
  const due = await takeDue(db, atOnce);
  await Promise.all(due.map((delivery) => send(db, settings, delivery)));
  return due.length;
}

async function send(db: Db, settings: Settings, delivery: DueDelivery): Promise<void> {
  const url = new URL(delivery.url);
  const body = messageOf(delivery.id, delivery.event, delivery.about);
  const headers = {
    'x-studyhall-delivery': delivery.id,
    'x-studyhall-signature': signatureOf(delivery.secret, body, Math.floor(Date.now() / 1000)),
  };
  const { delivered, said } = await post(url, body, headers, mayCallPrivate(url, settings));
  await noteAnswer(db, delivery, delivered, said, delivered ? null : (waits[delivery.tries - 1] ?? null));
}
