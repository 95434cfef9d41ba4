import { randomBytes } from 'node:crypto';

/** What a stored id's prefix says; `node(id)` finds the type by it. */
export const idPrefixes = {
  Run: 'run',
  Experiment: 'exp',
  Network: 'net',
  Model: 'model',
  Dataset: 'data',
  Trainer: 'trainer',
  Job: 'job',
  Token: 'token',
  JobArtifact: 'art',
  Analysis: 'ana',
  Webhook: 'hook',
  WebhookDelivery: 'hookd',
  AuditEntry: 'audit',
  Person: 'person',
  Credential: 'cred',
  Session: 'session',
  Invitation: 'inv',
  RateLimit: 'limit',
} as const;

export type IdType = keyof typeof idPrefixes;

const typeByPrefix = new Map<string, IdType>(Object.entries(idPrefixes).map(([type, prefix]) => [prefix, type as IdType]));

let last = 0;

/** A new id, e.g. `run_mf3k2x9d0a8s6v4b2n1c`. Ids made by one process rise, so rows made together keep their order. */
export function newId(type: IdType): string {
  last = Math.max(last + 1, Date.now() * 1000);
  const random = BigInt(`0x${randomBytes(6).toString('hex')}`)
    .toString(36)
    .padStart(10, '0');
  return `${idPrefixes[type]}_${last.toString(36)}${random}`;
}

/** The type that an id's prefix names; undefined if it names none. */
export function typeOfId(id: string): IdType | undefined {
  return typeByPrefix.get(id.slice(0, id.indexOf('_')));
}
