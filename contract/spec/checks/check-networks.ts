import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';
import { type DatasetFacts, viewOf } from '../dataset-facts.ts';
import { parseModelName } from '../model-name.ts';
import { whyUnreadable } from '../readable-views.ts';
import type { RunSpec } from '../run-spec.ts';
import { trainedNetworks } from '../teachers.ts';

/** Most networks in a cohort. */
const maxNetworks = 16;

/** What a spec's networks are called, and how many there are. */
export function checkNetworks(spec: RunSpec): Problem[] {
  const count = spec.networks.length;
  const named = (networks: ReturnType<typeof trainedNetworks>) =>
    networks.flatMap(({ path, network }) => {
      const parsed = parseModelName(network.model);
      return typeof parsed === 'string' ? [{ path: `${path}.model`, message: parsed }] : [];
    });
  const all = trainedNetworks(spec);
  if (count < 1 || count > maxNetworks)
    return [{ path: 'networks', message: `has ${written(count)} networks; a cohort has 1 to ${maxNetworks}.` }, ...named(all.slice(count))];
  const problems = named(all);
  if (spec.method.mutual && count < 2)
    problems.push({ path: 'networks', message: 'has 1 network; mutual learning needs at least 2, to learn from each other.' });
  return problems;
}

/** Whether the dataset has the views that networks name, and the networks can read them. */
export function checkViews(spec: RunSpec, dataset: DatasetFacts): Problem[] {
  return trainedNetworks(spec).flatMap(({ path, network }) => {
    const view = viewOf(network, dataset);
    if (!view) {
      const allowed = dataset.views.map(({ name }) => name).join(', ');
      return [{ path: `${path}.view`, message: `"${network.view}" is not a view of ${dataset.name}; allowed: ${allowed}.` }];
    }
    const parsed = parseModelName(network.model);
    const unreadable =
      typeof parsed === 'string' ? undefined : whyUnreadable(network.model, parsed.family, view.shape, `view ${view.name}`);
    return unreadable === undefined ? [] : [{ path: `${path}.model`, message: unreadable }];
  });
}
