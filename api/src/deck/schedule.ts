import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { readQuestion } from '@studyhall/contract/analysis/question.ts';
import type { ResolvedGroup } from '@studyhall/contract/deck/resolve.ts';
import type { Place, Preset, Scale, System } from '@studyhall/contract/deck/system.ts';
import { systemBySlug, systems } from '@studyhall/contract/deck/systems.ts';
import { howToGet } from '@studyhall/contract/spec/published-datasets.ts';
import type { QuestionTogether } from '../analyses/kept-questions.ts';
import { wantAnswers, wantTogether } from '../analyses/wanted.ts';
import type { Tx } from '../db.ts';
import { badInput, badSpec, notFound } from '../errors.ts';
import { createExperiment, updateExperiment } from '../runs/experiment.ts';
import { type Schedule, scheduleRuns } from '../runs/schedule.ts';
import { findCountingRuns } from '../sql/counting-runs.ts';
import { lockDeck } from '../sql/deck.ts';
import { findPresetDatasets } from './datasets.ts';
import { resolvePreset } from './resolve.ts';

export type Scheduled = { scheduled: string[]; shared: string[] };

export const execution: Schedule['execution'] = { engine: 'AUTO', checkpointEvery: 1, maxFailures: 3 };

/**
 * Schedules what is missing of a preset's runs, seed by seed so that its table fills evenly. A run of the same group and seed that
 * exists already is shared, whoever scheduled it, unless it failed, was cancelled or is archived; so asking twice changes nothing.
 *
 * @throws NOT_FOUND for an unknown system, BAD_INPUT if its dataset has not been announced, BAD_SPEC if the dataset does not fit.
 */
export async function schedulePreset(tx: Tx, { slug, scale }: { slug: string; scale: Scale }, createdBy: string): Promise<Scheduled> {
  await lockDeck(tx);
  const { system, preset, groups } = await findResolvedPreset(tx, slug, scale);
  const found = await findCountingRuns(
    tx,
    groups.map(({ groupKey }) => groupKey),
  );
  const shared = found.filter((run) => groups.some(({ groupKey, seeds }) => groupKey === run.group_key && seeds.includes(run.seed)));
  const missing = inRounds(groups).filter(
    ({ group, seed }) => !shared.some((run) => run.group_key === group.groupKey && run.seed === seed),
  );
  const sharedIds = shared.map(({ id }) => id);
  const questions = preset.questions.map(readAsked);
  await wantAnswers(tx, sharedIds, questions, createdBy);
  const scheduled: string[] = [];
  if (missing.length > 0) {
    const experimentId = await experimentOf(tx, system, preset, createdBy);
    for (const { group, seed } of missing) {
      const runs = { experimentId, spec: group.spec, seeds: [seed], priority: 0, execution, note: '', tags: ['deck'], questions };
      scheduled.push(...(await scheduleRuns(tx, runs, createdBy)));
    }
  }
  await askTogether(tx, preset, groups, createdBy);
  return { scheduled, shared: sharedIds };
}

/** Asks of runs that were added to a preset what it asks of its own. */
export async function askOfAdded(
  tx: Tx,
  { system, scale }: { system: string; scale: Scale },
  added: readonly string[],
  createdBy: string,
): Promise<void> {
  const { preset, groups } = await findResolvedPreset(tx, system, scale);
  await wantAnswers(tx, added, preset.questions.map(readAsked), createdBy);
  await askTogether(tx, preset, groups, createdBy);
}

/** What a preset asks of several groups at once: of each seed that all of them have a run of. */
async function askTogether(
  tx: Tx,
  { together }: Pick<Preset, 'together'>,
  groups: readonly ResolvedGroup[],
  createdBy: string,
): Promise<void> {
  if (together.length === 0) return;
  const runs = await findCountingRuns(
    tx,
    groups.map(({ groupKey }) => groupKey),
  );
  const keyOf = (group: string) => groups.find(({ key }) => key === group)?.groupKey;
  const asked: QuestionTogether[] = [];
  for (const seed of new Set(runs.map((run) => run.seed)))
    for (const { question, networks, reference } of together) {
      const find = ({ group, network }: Place) => {
        const run = runs.find((one) => one.group_key === keyOf(group) && one.seed === seed);
        return run && { runId: run.id, network };
      };
      const found = networks.flatMap((place) => find(place) ?? []);
      const against = reference && find(reference);
      if (found.length === networks.length && (against || !reference))
        asked.push({ question: readAsked(question), networks: found, reference: against ?? null });
    }
  await wantTogether(tx, asked, createdBy);
}

/** A question as a preset asks it, every default filled in. */
function readAsked(asked: object): Question {
  const { question, problems } = readQuestion(asked);
  if (!question) throw badSpec(problems);
  return question;
}

/** Why a preset cannot be scheduled: its data. */
export const notAnnounced = (dataset: string) => {
  const how = howToGet(dataset) ?? 'docs/guide/datasets.md says what its folder holds; npm run trainer -- data lists what a machine has.';
  return `No trainer has announced the dataset "${dataset}". ${how}`;
};

/** A preset on its dataset. @throws as `schedulePreset` does. */
export async function findResolvedPreset(
  tx: Tx,
  slug: string,
  scale: Scale,
): Promise<{ system: System; preset: Preset; groups: ResolvedGroup[] }> {
  const { system, preset } = findPreset(slug, scale);
  const dataset = (await findPresetDatasets(tx, [preset.dataset])).get(preset.dataset);
  if (!dataset) throw badInput(notAnnounced(preset.dataset));
  const { groups, problems } = resolvePreset(preset, dataset);
  if (problems.length > 0) throw badSpec(problems);
  return { system, preset, groups };
}

function findPreset(slug: string, scale: Scale): { system: System; preset: Preset } {
  const system = systemBySlug(slug);
  if (!system) throw badInput(`There is no system "${slug}" in the deck; there are ${systems.map((other) => other.slug).join(', ')}.`);
  const preset = system.presets.find((candidate) => candidate.scale === scale);
  if (!preset) throw notFound('preset', `${slug}, ${scale.toLowerCase()}`);
  return { system, preset };
}

/** Every group's first seed, then every group's second, …; groups of equal specs once. */
function inRounds(groups: readonly ResolvedGroup[]): { group: ResolvedGroup; seed: number }[] {
  const distinct = groups.filter(({ groupKey }, place) => groups.findIndex((other) => other.groupKey === groupKey) === place);
  const rounds = Math.max(...distinct.map(({ seeds }) => seeds.length));
  return Array.from({ length: rounds }, (_, round) =>
    distinct.flatMap((group) => {
      const seed = group.seeds[round];
      return seed === undefined ? [] : [{ group, seed }];
    }),
  ).flat();
}

/** One experiment per system and scale, made when it gets its first run; brought back if it was archived. */
export async function experimentOf(tx: Tx, system: System, { scale, dataset }: Preset, createdBy: string): Promise<string> {
  const slug = `deck-${system.slug}-${scale.toLowerCase()}`;
  const known = await tx.experiment.findUnique({ where: { slug } });
  if (known) {
    if (known.archivedAt) await updateExperiment(tx, known.id, { archived: false });
    return known.id;
  }
  return createExperiment(tx, {
    slug,
    title: `${system.title} (${scale.toLowerCase()}, ${dataset})`,
    note: `Row ${system.row} of the deck. Claim: ${system.claim}\n\nRuns that other presets had made already are shared, not repeated: they stand in the experiments they were made for, and on the deck's page /deck/${system.slug} with these.`,
    createdBy,
  });
}
