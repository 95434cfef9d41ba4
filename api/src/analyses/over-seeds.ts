import { createHash } from 'node:crypto';
import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';
import { type OverSeeds, overSeeds, type SeedAnswer } from '@studyhall/contract/analysis/over-seeds.ts';
import { canonical } from '@studyhall/contract/spec/canonical.ts';
import type { Tx } from '../db.ts';
import { badInput } from '../errors.ts';
import { groupBy } from '../group-by.ts';
import { type RunCounts, sumStates } from '../loaders.ts';
import { type AskedOfGroups, type CountingNetwork, findAskedOf, findCountingNetworks } from '../sql/asked-of-groups.ts';

/** Most groups that are looked at together, and most analyses about them. */
export const mostGroups = 24;
const mostAnalyses = 600;

/** One question, as it was asked of the seeds of groups. */
export type AskedOverSeeds = {
  readonly id: string;
  readonly kind: AnalysisKind;
  readonly question: unknown;
  readonly counts: RunCounts;
  /** Of all analyses, newest first. */
  readonly analysisIds: readonly string[];
  readonly over: OverSeeds;
};

/**
 * What was asked of the networks of groups, question by question, and what the answers say over seeds. Of each seed the run that counts;
 * analyses of a run with the very same weights are its own.
 *
 * @throws BAD_INPUT for too many groups.
 */
export async function askedOverSeeds(tx: Pick<Tx, '$queryRaw'>, groupKeys: readonly string[]): Promise<AskedOverSeeds[]> {
  if (groupKeys.length > mostGroups) throw badInput(`groups has ${groupKeys.length} entries; at most ${mostGroups}.`);
  const counting = await findCountingNetworks(tx, groupKeys);
  if (counting.length === 0) return [];
  const found = await findAskedOf(tx, [...new Set(counting.map(({ sha256 }) => sha256))], mostAnalyses);
  const places = groupBy(counting, ({ sha256 }) => sha256);
  const asked = found.map((one) => ({ one, networks: one.networks.map((place) => ({ ...place, of: ownerOf(place, places) })) }));
  const sizes = groupBy(counting, ({ runId }) => runId);
  const sizeOf = ({ runId }: CountingNetwork) => sizes.get(runId)?.length ?? 0;
  // The same question by another reference is another one.
  const byQuestion = groupBy(asked, ({ one, networks }) => canonical([one.question, heldAgainst(networks, sizeOf)]));
  return [...byQuestion].map(([text, of]): AskedOverSeeds => {
    const [{ one: first }] = of as [(typeof of)[number]];
    // Messages about how analyses stand do not ask for it.
    let over: OverSeeds | undefined;
    return {
      id: `asked_${createHash('sha256')
        .update(canonical([groupKeys, text]))
        .digest('hex')
        .slice(0, 24)}`,
      kind: first.kind as AnalysisKind,
      question: first.question,
      counts: sumStates(of.map(({ one: { state } }) => ({ state, count: 1 }))),
      analysisIds: of.map(({ one: { id } }) => id),
      get over() {
        over ??= overSeeds(of.flatMap(({ one, networks }) => answersOf(one, networks)));
        return over;
      },
    };
  });
}

type Placed = AskedOfGroups['networks'][number] & { of: CountingNetwork | null };

/** What networks are held against: a group, where each is by the one at its own place, or the first where there are fewer; else one network of it. */
function heldAgainst(networks: readonly Placed[], sizeOf: (of: CountingNetwork) => number) {
  const reference = networks.find((place) => place.reference);
  if (!reference) return null;
  const { of, sha256 } = reference;
  if (!of) return sha256;
  const held = networks.filter((place) => place.sha256 !== sha256).map((place) => place.of?.network ?? place.network);
  const byPlace = held.every((network) => of.network === (network < sizeOf(of) ? network : 0));
  return byPlace ? of.groupKey : [of.groupKey, of.network];
}

/** Whose a place is: of networks with the same weights the one that it was asked of. */
function ownerOf(place: Placed | AskedOfGroups['networks'][number], places: Map<string, CountingNetwork[]>): CountingNetwork | null {
  const same = places.get(place.sha256) ?? [];
  return same.find(({ runId, network }) => runId === place.runId && network === place.network) ?? same[0] ?? null;
}

/** An answer about several seeds at once is one of each of them. */
function answersOf({ result }: AskedOfGroups, networks: readonly Placed[]): SeedAnswer[] {
  if (result === null) return [];
  const seeds = [...new Set(networks.flatMap(({ of }) => of?.seed ?? []))];
  return seeds.map((seed) => ({
    seed,
    result: result as SeedAnswer['result'],
    networks: networks.map(({ label, reference, network, of }) => ({
      label,
      reference,
      network: of?.network ?? network,
      group: of?.seed === seed ? of.groupKey : null,
    })),
  }));
}
