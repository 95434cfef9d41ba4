import { hashOf } from '../access/tokens.ts';
import { Prisma, type Tx } from '../db.ts';
import { ApiError } from '../errors.ts';
import { comparableName } from './name.ts';

/** Wrong passwords that cost nothing, then a wait that doubles with each, in seconds. */
export type Slowing = { free: number; longest: number };

/** For one name from one address: 2 s after the fifth, 5 minutes at most. */
export const ofPair: Slowing = { free: 4, longest: 300 };

/** For one name from everywhere: who guesses from many addresses gets a try every ten seconds, and so does everybody else who is not known there. */
export const ofName: Slowing = { free: 20, longest: 10 };

/** Minutes after which wrong passwords are forgotten. */
const forgottenAfter = 60;

/** Rows that are kept at most; the oldest go first. */
export const mostRows = 20_000;

/** The table is looked through once in so many tries. */
const prunedEvery = 100;

type Who = { name: string; address: string };

const pairKey = ({ name, address }: Who) => hashOf(`pair\0${comparableName(name)}\0${address}`);
const nameKey = ({ name }: Who) => hashOf(`name\0${comparableName(name)}`);

/**
 * Notes a try to sign in before its password is looked at, so that many at once count as many. A name that nobody has counts alike.
 *
 * @throws TOO_MANY_TRIES with the seconds to wait. The password was not looked at, and the wait is no longer for it.
 */
export async function noteTry(tx: Tx, who: Who): Promise<void> {
  await count(tx, pairKey(who), ofPair);
  if (!(await isKnownThere(tx, who))) await count(tx, nameKey(who), ofName);
  if (Math.random() < 1 / prunedEvery) await prune(tx);
}

/** Forgets the tries of somebody who proved to be that one. */
export async function forgetTries(tx: Tx, who: Who): Promise<void> {
  await tx.signInFailure.deleteMany({ where: { key: { in: [pairKey(who), nameKey(who)] } } });
}

/** Whether somebody of that name has lately been signed in from that address: what others try elsewhere does not slow them. */
async function isKnownThere(tx: Tx, { name, address }: Who): Promise<boolean> {
  const person = { username: comparableName(name) };
  return (await tx.session.findFirst({ where: { address, person }, select: { id: true } })) !== null;
}

async function count(tx: Tx, key: string, { free, longest }: Slowing): Promise<void> {
  const wait = Prisma.sql`CASE WHEN f.failures <= ${free} THEN 0 ELSE least(power(2, least(f.failures - ${free}, 30)), ${longest}) END`;
  const [counted] = await tx.$queryRaw<{ failures: number }[]>(Prisma.sql`
    INSERT INTO sign_in_failures AS f (key, failures, last_at) VALUES (${key}, 1, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET last_at = clock_timestamp(),
      failures = CASE WHEN f.last_at < clock_timestamp() - make_interval(mins => ${forgottenAfter}) THEN 1 ELSE f.failures + 1 END
    WHERE f.last_at + make_interval(secs => ${wait}) <= clock_timestamp()
    RETURNING failures`);
  if (counted) return;
  const [left] = await tx.$queryRaw<{ seconds: number }[]>(Prisma.sql`
    SELECT ceil(extract(epoch FROM f.last_at + make_interval(secs => ${wait}) - clock_timestamp()))::int AS seconds
    FROM sign_in_failures f WHERE key = ${key}`);
  throw tooManyTries(Math.max(1, left?.seconds ?? 1));
}

async function prune(tx: Tx): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    DELETE FROM sign_in_failures WHERE last_at < clock_timestamp() - make_interval(mins => ${forgottenAfter})
      OR last_at < (SELECT last_at FROM sign_in_failures ORDER BY last_at DESC OFFSET ${mostRows} LIMIT 1)`);
}

export const tooManyTries = (seconds: number) =>
  new ApiError('TOO_MANY_TRIES', `That was tried too often: try again in ${inWords(seconds)}.`, { retryAfter: seconds });

const inWords = (seconds: number) => {
  if (seconds >= 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
};
