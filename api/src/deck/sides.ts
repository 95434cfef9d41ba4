import type { Scale } from '@studyhall/contract/deck/system.ts';
import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import { independentTwin } from '../analyses/kept-questions.ts';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { findSides, type Side } from '../runs/seeds/side.ts';
import { findSeedRuns } from '../sql/seeds.ts';
import { execution, experimentOf, findResolvedPreset } from './schedule.ts';

/**
 * The groups of a preset, all of which are held against each other; what is added joins its experiment.
 *
 * @param createdBy makes the experiment, should it be missing; null: nothing is stored.
 * @throws as scheduling it does, and BAD_INPUT while it has no runs at all.
 */
export async function findPresetSides(tx: Tx, slug: string, scale: Scale, createdBy: string | null): Promise<Side[]> {
  const { system, preset, groups } = await findResolvedPreset(tx, slug, scale);
  const keys = [...new Set(groups.map(({ groupKey }) => groupKey))];
  const there = new Set((await findSeedRuns(tx, keys)).filter(({ archived }) => !archived).map(({ group_key }) => group_key));
  if (there.size === 0) throw badInput(`Nothing of "${system.title}" has been run at this scale yet: schedule it first.`);
  const known = await findSides(tx, [...there], false);
  const dataset = await tx.dataset.findFirstOrThrow({ where: { name: preset.dataset }, orderBy: { announcedAt: 'desc' } });
  const experimentId = createdBy === null ? null : await experimentOf(tx, system, preset, createdBy);
  return keys.map((key): Side => {
    const side = known.find(({ groupKey }) => groupKey === key);
    if (side) return { ...side, experimentId };
    const group = groups.find(({ groupKey }) => groupKey === key);
    const { spec } = readSpec(group?.spec);
    if (!group || !spec) throw new Error(`A group of ${slug} cannot be read.`);
    const asked = { groupKey: key, label: group.title, spec, datasetId: dataset.id, execution, experimentId };
    return { ...asked, role: 'GROUP', questions: [], reference: independentTwin, twinKey: null, elsewhere: new Set() };
  });
}
