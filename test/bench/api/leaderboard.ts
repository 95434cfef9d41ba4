import type { MeasuredHouse } from './house.ts';
import { asJson, connection, expectRight, type Post } from './load/client.ts';
import { type Spread, spread } from './quantiles.ts';
import { boardQuestions, documents, listQuestions } from './questions.ts';

type Asked = { post: Post; body: string; took: number[] };

export type Questions = {
  /** Milliseconds over all questions of the leaderboard, each asked as often as the others. */
  leaderboard: Spread & { slowest: { question: string; p95: number }; questions: Record<string, Spread> };
  runsList: Spread & { questions: Record<string, Spread> };
  /** The further questions that were given, by name. */
  beside: Record<string, Spread>;
};

/** Milliseconds of every kind of page, one at a time, in turns, by one client: so that all meet with the same noise and come after any other. */
export async function measureLeaderboard(
  { api }: MeasuredHouse,
  seconds: number,
  beside: Readonly<Record<string, { post: Post; body: string }>> = {},
): Promise<Questions> {
  const own = connection(`${api.url}/graphql`, asJson(api.key));
  const asked = (query: string, questions: Readonly<Record<string, object>>): Record<string, Asked> =>
    Object.fromEntries(
      Object.entries(questions).map(([name, variables]) => [
        name,
        { post: own.post, body: JSON.stringify({ query, variables }), took: [] },
      ]),
    );
  const board = asked(documents.leaderboard, boardQuestions);
  const list = asked(documents.runs, listQuestions);
  const others: Record<string, Asked> = Object.fromEntries(Object.entries(beside).map(([name, one]) => [name, { ...one, took: [] }]));
  const all = [...Object.entries(board), ...Object.entries(list), ...Object.entries(others)];
  // Once for plans and caches.
  for (const [name, one] of all) await ask(name, one);
  for (const [, one] of all) one.took.length = 0;
  const until = performance.now() + seconds * 1000;
  do for (const [name, one] of shuffled(all)) await ask(name, one);
  while (performance.now() < until);
  own.close();
  const spreads = (ones: Record<string, Asked>) => Object.fromEntries(Object.entries(ones).map(([name, { took }]) => [name, spread(took)]));
  const over = (ones: Record<string, Asked>) => spread(Object.values(ones).flatMap(({ took }) => took));
  const questions = spreads(board);
  const [slowest] = Object.entries(questions)
    .map(([question, { p95 }]) => ({ question, p95 }))
    .sort((a, b) => b.p95 - a.p95);
  return {
    leaderboard: { ...over(board), slowest: slowest ?? { question: '', p95: Number.NaN }, questions },
    runsList: { ...over(list), questions: spreads(list) },
    beside: spreads(others),
  };
}

/** In another order each time: what comes after a long question finds the processor's caches full of other things. */
function shuffled<One>(all: readonly One[]): One[] {
  const keyed = all.map((one) => ({ one, key: Math.random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
}

async function ask(name: string, { post, body, took }: Asked): Promise<void> {
  const began = performance.now();
  const answer = await post(body);
  took.push(performance.now() - began);
  try {
    expectRight(answer);
  } catch (error) {
    throw new Error(`The question "${name}" was ${error instanceof Error ? error.message : error}`);
  }
}
