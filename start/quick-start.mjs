import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './place.mjs';
import { request } from './request.mjs';

/**
 * Schedules the quick start, seed by seed so that the leaderboard fills evenly, once a trainer has announced its dataset.
 * Answers false where there are experiments or runs already.
 */
export async function scheduleQuickStart(apiUrl, key, signal) {
  const ask = asker(apiUrl, key, signal);
  const { experiments, runs } = await ask('{ experiments(first: 1) { totalCount } runs(first: 1) { totalCount } }');
  if (experiments.totalCount > 0 || runs.totalCount > 0) return false;
  const { experiment, groups } = JSON.parse(await readFile(path.join(root, 'start/quick-start.json'), 'utf8'));
  const datasets = new Set(groups.map((group) => group.spec.dataset));
  for (let waited = 200; !covers((await ask('{ datasets { name } }')).datasets, datasets); waited = Math.min(2 * waited, 5000))
    await delay(waited, undefined, { signal });
  const { createExperiment } = await ask(
    'mutation ($title: String!, $slug: String, $note: String!) { createExperiment(title: $title, slug: $slug, note: $note) { id } }',
    experiment,
  );
  const rounds = Math.max(...groups.map((group) => group.seeds.length));
  for (let round = 0; round < rounds; round++) {
    for (const { spec, seeds } of groups) {
      if (round >= seeds.length) continue;
      const input = { experimentId: createExperiment.id, spec, seeds: [seeds[round]] };
      await ask('mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }', { input });
    }
  }
  return true;
}

const covers = (found, wanted) => [...wanted].every((name) => found.some((dataset) => dataset.name === name));

/** An API that is away for a moment, as after a crash, is asked again: what did not reach it did nothing. */
const patienceMs = 120_000;

const asker = (apiUrl, key, signal) => async (query, variables) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const body = JSON.stringify({ query, variables });
  for (const until = performance.now() + patienceMs; ; await delay(1000, undefined, { signal })) {
    try {
      const { data, errors } = JSON.parse((await request(`${apiUrl}/graphql`, { method: 'POST', headers, body, signal })).text);
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data;
    } catch (error) {
      if (error.code !== 'ECONNREFUSED' || performance.now() > until) throw error;
    }
  }
};
