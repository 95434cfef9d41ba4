import type { GraphQLField } from 'graphql';
import type { Caller } from '../access/caller.ts';
import { rightsOf } from '../access/rights-of.ts';
import type { Context } from '../context.ts';
import { aboutOf } from './about.ts';
import { idsIn } from './ids-in.ts';
import { asStored, type Noting, noting } from './noting.ts';

/** What is noted and is no mutation. */
export type OtherAction = 'signIn' | 'join';

const actions = new Set<string>(['signIn', 'join'] satisfies OtherAction[]);

/** All that can stand in an entry as what was done, in the alphabet's order. */
export const knownActions = (): string[] => [...actions].sort();

/**
 * Has a mutation noted each time that a person has it done: in the transaction that does it, else right after. What is refused has changed
 * nothing, and is not noted. Every mutation but trainers' reports passes here, whoever adds it.
 */
export function audit(field: GraphQLField<unknown, Context>): void {
  if (Object.keys(rightsOf(field)).every((right) => right === 'trainer')) return;
  actions.add(field.name);
  const resolve = field.resolve;
  field.resolve = async (source, args: Record<string, unknown>, context, info) => {
    const about = aboutOf(field.args, args);
    const current = begin(context, field.name, about);
    if (!current) return resolve?.(source, args, context, info);
    const result = await noting.run(current, async () => resolve?.(source, args, context, info));
    if (!current.noted) await store(context, current, result);
    return result;
  };
}

type Noted = Pick<Context, 'db' | 'log' | 'caller' | 'address'>;

/** Notes what is no mutation. */
export async function noteEntry(context: Noted, action: OtherAction): Promise<void> {
  const current = begin(context, action, {});
  if (current) await store(context, current, undefined);
}

function begin({ caller, address }: Pick<Noted, 'caller' | 'address'>, action: string, about: Record<string, unknown>): Noting | undefined {
  if (caller.kind !== 'person') return undefined;
  return {
    entry: { person: caller.name, ...byOf(caller), action, about: about as object, address },
    ids: Object.values(about).flatMap(idsIn),
    noted: false,
  };
}

const byOf = (caller: Caller) => ({
  tokenId: 'tokenId' in caller ? caller.tokenId : null,
  personId: 'personId' in caller ? caller.personId : null,
});

/** It has been done by now: what cannot be noted any more stands in the log of the process. */
async function store({ db, log }: Noted, current: Noting, result: unknown): Promise<void> {
  const data = asStored(current, result);
  try {
    await db.auditEntry.create({ data });
  } catch (error) {
    log.error({ err: error, entry: data }, 'What a person did could not be noted in the audit log; this line says what.');
  }
}
