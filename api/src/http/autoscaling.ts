import { engineNames, isEngine } from '@studyhall/contract/fleet/engines.ts';
import type { RequestHandler } from 'express';
import type { Services } from '../context.ts';
import { countDemand } from '../sql/demand.ts';

const allowed = ['engine', 'dataset'];

/**
 * GET /autoscaling?engine=&dataset=: how many jobs wait, how many run, and both together, which is how many slots are wanted now. In the form
 * that KEDA's metrics-api reads; by a trainer's token, or a member's.
 */
export function autoscaling({ db }: Services): RequestHandler {
  return async (request, response) => {
    const problem = await problemOf(request.query, async (name) => (await db.dataset.count({ where: { name } })) > 0);
    if (problem) return void response.status(400).json({ error: problem });
    const { engine, dataset } = request.query as { engine?: string; dataset?: string };
    const { queued, running } = await countDemand(db, engine || undefined, dataset || undefined);
    response.setHeader('cache-control', 'no-store');
    response.json({ queued, running, demand: queued + running });
  };
}

/** A name with a slip in it would ask for no trainer, for ever and without a word. */
async function problemOf(query: object, hasDataset: (name: string) => Promise<boolean>): Promise<string | undefined> {
  for (const [name, value] of Object.entries(query)) {
    if (!allowed.includes(name)) return `There is no parameter "${name.slice(0, 80)}"; there are ${allowed.join(' and ')}.`;
    if (typeof value !== 'string') return `${name} is given more than once.`;
    if (value === '') continue;
    const shown = value.slice(0, 80);
    if (name === 'engine' && !isEngine(value)) return `engine is "${shown}"; it has to be one of ${engineNames.join(', ')}.`;
    if (name === 'dataset' && (value.includes('\0') || !(await hasDataset(value))))
      return `There is no dataset "${shown}": no trainer has offered one of that name yet.`;
  }
  return undefined;
}
