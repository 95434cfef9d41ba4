import { hashOf } from '../../../api/src/access/tokens.ts';
import { readRightsTable } from '../../../api/src/testing/rights-table.ts';
import type { Target } from '../target.ts';
import type { Generated } from './operations.ts';

/** Who asks, as the table of rights calls them: strangers from beyond the machine, members and viewers by their sessions. */
export const askers = ['stranger', 'visitor', 'viewer', 'member', 'admin', 'trainer'] as const;
export type Asker = (typeof askers)[number];

/** Who has an account: seated straight in the database. */
const signedIn = { viewer: 'VIEWER', member: 'MEMBER' } as const;
export const haveAccounts = Object.keys(signedIn);

/** The headers that one asks with. */
export async function comesWith(target: Target, asker: Asker): Promise<Record<string, string>> {
  if (asker === 'stranger') return { 'x-forwarded-for': '10.0.0.7' };
  if (asker === 'visitor') return {};
  if (asker === 'viewer' || asker === 'member') return { cookie: `studyhall_key=${await sessionOf(target, asker)}` };
  return { authorization: `Bearer ${asker === 'admin' ? target.key : target.trainerToken}` };
}

/** A session of somebody with that role; others may have removed or promoted them, or signed them out, by chance. */
async function sessionOf({ query }: Target, asker: keyof typeof signedIn): Promise<string> {
  const session = asker.padEnd(32, 'x');
  await query(
    `INSERT INTO people (id, name, username, role) VALUES ($1, $2, $2, $3::role) ON CONFLICT (id) DO UPDATE SET role = $3::role, removed_at = NULL`,
    [`person_${asker}`, asker, signedIn[asker]],
  );
  await query(
    `INSERT INTO sessions (id, person_id, token, expires_at) VALUES ($1, $2, $3, now() + interval '1 day') ON CONFLICT (id) DO NOTHING`,
    [`session_${asker}`, `person_${asker}`, hashOf(session)],
  );
  return session;
}

const table = readRightsTable();

export const mayAsk = (asker: Asker, { kind, field }: Generated): boolean => may(asker, kind === 'query' ? 'Queries' : 'Mutations', field);
export const mayReach = (asker: Asker, route: string): boolean => may(asker, 'Routes', route);

function may(asker: Asker, section: string, name: string): boolean {
  const allowed = table
    .get(section)
    ?.find((row) => row.name === name)
    ?.allowed.get(asker);
  if (allowed === undefined) throw new Error(`The table of rights says nothing of ${name} for a ${asker}.`);
  return allowed;
}
