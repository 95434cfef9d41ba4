import type { House } from '../house.ts';

/** Runs that no trainer of the house can take: they stand where a test puts them. */
export interface WaitingRuns {
  groupKey: string;
  /** Of the group, archived ones left out; by seed. */
  ids(): Promise<string[]>;
  seeds(): Promise<number[]>;
  /** Cancels, archives and deletes what is left of the group. */
  remove(): Promise<void>;
}

type Runs = { edges: { node: { id: string; seed: number } }[] };

/** Schedules a group of runs on the generated dataset, for an engine that nobody offers. */
export async function waiting(house: House, spec: object, seeds: number[]): Promise<WaitingRuns> {
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { groupKey: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { groupKey } }',
    { input: { seeds, execution: { engine: 'COMPILED_CUDA' }, spec: { dataset: 'shapes-16', ...spec } } },
  );
  const groupKey = scheduleRuns[0]?.groupKey ?? '';
  const read = async () => {
    const query = 'query ($group: String!) { runs(filter: { groupKey: $group }) { edges { node { id seed } } } }';
    const { runs } = await house.ask<{ runs: Runs }>(query, { group: groupKey });
    return runs.edges.map(({ node }) => node).sort((a, b) => a.seed - b.seed);
  };
  return {
    groupKey,
    ids: async () => (await read()).map(({ id }) => id),
    seeds: async () => (await read()).map(({ seed }) => seed),
    remove: async () => {
      const ids = (await read()).map(({ id }) => id);
      for (const action of ['CANCEL', 'ARCHIVE', 'DELETE'])
        await house.ask(`mutation ($ids: [ID!]!) { changeRuns(ids: $ids, action: ${action}) { done } }`, { ids });
    },
  };
}
