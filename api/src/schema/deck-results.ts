import type { Contrast } from '@studyhall/contract/deck/system.ts';
import { fieldFigures } from '@studyhall/contract/measures/field-figures.ts';
import type { Conclusion } from '@studyhall/contract/statistics/conclude.ts';
import type { SeedFigure } from '@studyhall/contract/statistics/pair-by-seed.ts';
import { builder } from '../builder.ts';
import type { BoardRow } from '../leaderboard/board.ts';
import { DeckMetric, DeckVerdict } from './deck-definitions.ts';
import { NetworkRole } from './enums.ts';
import { overSeeds, rowMeasurements } from './row-figures.ts';
import { Statistic } from './statistic.ts';

/** What a row of results is called: the network's place and model, or the ensemble. */
function labelOf({ index, role, models }: BoardRow): string {
  if (index === null) return `Ensemble of ${models.length}`;
  return role === 'TEACHER' ? `Teacher · ${models[0]}` : `Network ${index} · ${models[0]}`;
}

const figures = fieldFigures.network;

export const DeckResult = builder.objectRef<BoardRow>('DeckResult').implement({
  description: 'What a network of a group, or its ensemble, came to: mean ± sd over the distinct seeds that have succeeded.',
  fields: (t) => ({
    id: t.id({ resolve: (row) => `row_${row.group_key}_${row.index ?? 'ensemble'}` }),
    network: t.exposeInt('index', { nullable: true, description: 'Index in the cohort; absent for the ensemble.' }),
    label: t.string({ resolve: labelOf }),
    model: t.string({ resolve: ({ models }) => models.join(' + ') }),
    role: t.expose('role', { type: NetworkRole, nullable: true }),
    parameters: t.exposeFloat('parameters', { nullable: true }),
    trainAccuracy: t.expose('train', { type: Statistic, nullable: true }),
    validationAccuracy: t.expose('validation', { type: Statistic, nullable: true }),
    testAccuracy: t.expose('test', { type: Statistic, nullable: true }),
    validationGain: t.expose('validation_gain', {
      type: Statistic,
      nullable: true,
      description: 'Minus the accuracy of its independent twin, paired by seed.',
    }),
    testGain: t.expose('test_gain', { type: Statistic, nullable: true }),
    entropy: t.field({
      type: Statistic,
      nullable: true,
      resolve: overSeeds(figures.validationEntropy),
      description: 'Mean entropy of the outputs on the validation split, in nats; of the ensemble that of the averaged probabilities.',
    }),
    testEntropy: t.field({
      type: Statistic,
      nullable: true,
      resolve: overSeeds(figures.testEntropy),
      description: 'The same on the test split; of the ensemble absent where its runs are older than that figure.',
    }),
    withheldAccuracy: t.field({
      type: Statistic,
      nullable: true,
      description: 'Test accuracy on the classes withheld from training; absent where none were.',
      resolve: overSeeds(figures.withheldAccuracy),
    }),
    correctedWithheldAccuracy: t.field({
      type: Statistic,
      nullable: true,
      description: 'The same with a bias added to the logits of these classes, chosen on the validation split.',
      resolve: overSeeds(figures.correctedWithheldAccuracy),
    }),
    biasCorrection: t.field({
      type: Statistic,
      nullable: true,
      resolve: overSeeds(figures.biasCorrection),
    }),
    measurements: t.field(rowMeasurements),
    seeds: t.exposeIntList('seeds'),
    runIds: t.idList({ description: 'The runs it is made of, by seed.', resolve: ({ points }) => points.map(({ runId }) => runId) }),
  }),
});

/** What one seed's run of a side came to. */
type SideFigure = SeedFigure & { runId: string };

export const DeckConclusion = builder.objectRef<Conclusion<Contrast, SideFigure>>('DeckConclusion').implement({
  description: 'What our runs say of one comparison, from differences paired by seed.',
  fields: (t) => ({
    sentence: t.exposeString('sentence', { description: 'Plain, with its uncertainty.' }),
    verdict: t.expose('verdict', { type: DeckVerdict }),
    metric: t.field({ type: DeckMetric, resolve: ({ contrast }) => contrast.metric }),
    difference: t.expose('difference', {
      type: Statistic,
      nullable: true,
      description: 'A fraction (accuracy) or nats (entropy); absent while no seed is done on both sides.',
    }),
    interval: t.float({
      nullable: true,
      description: "Half the width of the difference's 95 % Student interval; absent for fewer than two seeds.",
      resolve: ({ difference }) => difference?.interval,
    }),
    runIds: t.idList({
      description: 'The runs of both sides.',
      resolve: ({ pairs }) => [...new Set(pairs.flatMap(({ of, against }) => [of.runId, against.runId]))],
    }),
  }),
});
