import { randomBytes } from 'node:crypto';
import type { Prisma, Tx } from '../db.ts';
import { badInput, notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import type { WebhookEvent } from '../sql/webhooks.ts';
import { refusePrivateLiteral } from './public-address.ts';

/** Each is told of everything that happens. */
const mostPerExperiment = 10;

export type NewWebhook = { experimentId: string; url: string; events: readonly WebhookEvent[]; createdBy: string };

/**
 * Has an experiment's events told to an address.
 *
 * @returns its id, and the secret that signs what is sent: shown once.
 * @throws BAD_INPUT for an address that cannot be called, or that may not.
 */
export async function createWebhook(
  tx: Tx,
  { experimentId, url, events, createdBy }: NewWebhook,
  mayCallPrivate: (url: URL) => boolean,
): Promise<{ id: string; secret: string }> {
  const parsed = checkUrl(url, mayCallPrivate);
  if (events.length === 0) throw badInput('events is empty; name at least one of FINISHED, FAILED and TRAINER_LOST.');
  if (!(await tx.experiment.findUnique({ where: { id: experimentId } }))) throw notFound('experiment', experimentId);
  if ((await tx.webhook.count({ where: { experimentId } })) >= mostPerExperiment)
    throw badInput(`An experiment may have ${mostPerExperiment} webhooks; remove one first.`);
  const id = newId('Webhook');
  const secret = randomBytes(32).toString('base64url');
  await tx.webhook.create({ data: { id, experimentId, url: parsed.href, secret, events: [...new Set(events)], createdBy } });
  return { id, secret };
}

/** @throws NOT_FOUND */
export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  const { count } = await tx.webhook.deleteMany({ where: { id } });
  if (count === 0) throw notFound('webhook', id);
}

/** Sends a message of no event, to see whether it arrives. @throws NOT_FOUND */
export async function tryWebhook(tx: Tx, id: string): Promise<void> {
  const found = await tx.webhook.findUnique({ where: { id }, select: { experiment: { select: { title: true, slug: true } } } });
  if (!found) throw notFound('webhook', id);
  const { title, slug } = found.experiment;
  const about: Prisma.InputJsonObject = { experiment: title, slug, at: new Date().toISOString() };
  await tx.webhookDelivery.create({ data: { id: newId('WebhookDelivery'), webhookId: id, about } });
}

function checkUrl(text: string, mayCallPrivate: (url: URL) => boolean): URL {
  if (text.length > 2000 || !URL.canParse(text)) throw badInput('url is no address; one such as https://hooks.example/studyhall is.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw badInput(`url begins with ${url.protocol}; https: and http: are allowed.`);
  if (url.username || url.password)
    throw badInput('url names a user; put what opens it into its path, as Slack does, or check the signature.');
  try {
    if (!mayCallPrivate(url)) refusePrivateLiteral(url.hostname);
  } catch (error) {
    throw badInput(`url: ${(error as Error).message}`);
  }
  return url;
}
