import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { mayCallPrivate } from '../webhooks/sender.ts';
import { createWebhook, deleteWebhook, tryWebhook } from '../webhooks/webhook.ts';

const WebhookEvent = builder.enumType('WebhookEvent', {
  description: 'What a webhook can be told of a run.',
  values: { FINISHED: {}, FAILED: {}, TRAINER_LOST: { description: 'Its trainer fell silent; the run goes on with another.' } } as const,
});

const WebhookDelivery = builder.prismaObject('WebhookDelivery', {
  description: 'One message to a webhook, and how far it has come.',
  fields: (t) => ({
    event: t.expose('event', { type: WebhookEvent, nullable: true, description: 'Absent: somebody tried whether it arrives.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    tries: t.exposeInt('tries'),
    triedAt: t.expose('triedAt', { type: 'DateTime', nullable: true }),
    nextAt: t.expose('nextAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; absent once it arrived or was given up.',
    }),
    delivered: t.exposeBoolean('delivered'),
    answer: t.exposeString('answer', { nullable: true, description: 'What the receiver said last, or why it could not be reached.' }),
  }),
});

export const Webhook = builder.prismaObject('Webhook', {
  description: "Who is told by HTTP what happens to an experiment's runs.",
  fields: (t) => ({
    id: t.exposeID('id'),
    host: t.string({ description: 'Of its address; the rest may be what opens it.', resolve: ({ url }) => new URL(url).host }),
    events: t.expose('events', { type: [WebhookEvent] }),
    createdBy: t.exposeString('createdBy'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    last: t.prismaField({
      type: WebhookDelivery,
      nullable: true,
      description: 'The latest message.',
      select: (_args, _context, nested) => ({ deliveries: nested({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 }) }),
      resolve: (_query, { deliveries }) => deliveries[0] ?? null,
    }),
  }),
});

const NewWebhook = builder.objectRef<{ id: string; secret: string }>('NewWebhook').implement({
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'Signs what is sent: HMAC-SHA256. Shown once.' }),
    webhook: t.prismaField({
      type: Webhook,
      resolve: (query, { id }, _args, { db }) => db.webhook.findUniqueOrThrow({ ...query, where: { id } }),
    }),
  }),
});

builder.queryFields((t) => ({
  webhooks: t.prismaField({
    authScopes: { member: true },
    type: [Webhook],
    description: "An experiment's, oldest first.",
    args: { experimentId: t.arg.id({ required: true }) },
    resolve: (query, _root, { experimentId }, { db }) => {
      return db.webhook.findMany({ ...query, where: { experimentId }, orderBy: { id: 'asc' } });
    },
  }),
}));

builder.mutationFields((t) => ({
  createWebhook: t.field({
    authScopes: { member: true },
    type: NewWebhook,
    args: {
      experimentId: t.arg.id({ required: true }),
      url: t.arg.string({ required: true }),
      events: t.arg({ type: [WebhookEvent], required: true, defaultValue: ['FINISHED', 'FAILED', 'TRAINER_LOST'] }),
    },
    resolve: (_root, args, { db, caller, settings }) => {
      const { name: createdBy } = personOf(caller);
      return transact(db, (tx) => createWebhook(tx, { ...args, createdBy }, (url) => mayCallPrivate(url, settings)));
    },
  }),
  deleteWebhook: t.boolean({
    authScopes: { member: true },
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { db }) => {
      await transact(db, (tx) => deleteWebhook(tx, id));
      return true;
    },
  }),
  tryWebhook: t.boolean({
    authScopes: { member: true },
    description: 'Sends a message of no event; its answer is soon the last one.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_root, { id }, { db }) => {
      await transact(db, (tx) => tryWebhook(tx, id));
      return true;
    },
  }),
}));
