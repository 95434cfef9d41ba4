import { ApiError } from '../errors.ts';

type Texts = Readonly<Record<string, string | readonly string[]>>;
type Some = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/**
 * Nobody's words are replaced unseen: who changes a text says what it was when they began, and is told if somebody else has changed it since.
 *
 * @param now as they are, in the transaction that changes them, their row locked
 * @param before as the writer has read them; what is absent is not compared
 * @param mine what the writer wants them to be; what is absent stays as it is
 * @throws CONFLICT naming what was changed meanwhile, to something else than the writer wants
 */
export function checkSeen(now: Texts, before: Some, mine: Some): void {
  const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  const unseen = Object.keys(now).filter(
    (field) => before[field] != null && mine[field] != null && differ(before[field], now[field]) && differ(mine[field], now[field]),
  );
  if (unseen.length === 0) return;
  const [what, verb] = [unseen.join(' and '), unseen.length > 1 || unseen[0] === 'tags' ? 'were' : 'was'];
  throw new ApiError(
    'CONFLICT',
    `${what} ${verb} changed by somebody else meanwhile: read it again, then save what it should be. Nothing was saved.`,
    {
      fields: unseen,
    },
  );
}
