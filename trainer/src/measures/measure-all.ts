import { type Figure, type Split, splits } from '@studyhall/contract/measures/measure.ts';
import { findFault, measures } from '@studyhall/contract/measures/registry.ts';
import type { Evaluated } from './evaluated.ts';
import { type Evaluator, evaluators } from './evaluators.ts';

/** A figure as it is reported with the row of its network or cohort. */
export type Measurement = Figure & { value: number };

const more = new Map<string, Evaluator>();

/** Adds the function of a measure that was registered while the process lives. @returns what takes it away again. */
export const registerEvaluator = (name: string, evaluator: Evaluator): (() => void) => {
  more.set(name, evaluator);
  return () => void more.delete(name);
};

const evaluatorOf = (name: string): Evaluator | undefined => more.get(name) ?? (evaluators as Readonly<Record<string, Evaluator>>)[name];

/** `leftOut`: what a measure came to that is no value of it, in words. */
export type Measured = { networks: Measurement[][]; cohort: Measurement[]; leftOut: string[] };

/**
 * Every measure on every split that was evaluated, of each network by its place and of the cohort. A value beyond its measure's bounds,
 * or none that is finite, is left out: one figure must not lose a run.
 *
 * @param when at the end all of them; after an epoch those that are cheap enough for it
 */
export const measureAll = (of: Evaluated, when: 'epoch' | 'end'): Measured => {
  const places = [...Object.values(of.parts), of.probe].find((part) => part != null)?.logits.length ?? 0;
  const asked = measures().flatMap((measure) => {
    const evaluator = evaluatorOf(measure.name);
    if (!evaluator || (when === 'epoch' && !evaluator.everyEpoch)) return [];
    const evaluated = splits.filter(
      (split) => measure.splits.includes(split) && (evaluator.onProbe ? split === 'TRAIN' && of.probe != null : of.parts[split] != null),
    );
    return evaluated.map((split) => ({ measure: measure.name, split, evaluator }));
  });
  const leftOut: string[] = [];
  const found = (scope: 'NETWORK' | 'COHORT', compute: (evaluator: Evaluator, split: Split) => number | null | undefined): Measurement[] =>
    asked.flatMap(({ measure, split, evaluator }) => {
      const value = compute(evaluator, split) ?? null;
      if (value === null) return [];
      const fault = findFault({ measure, split }, scope, value);
      if (fault !== undefined) leftOut.push(`${measure} of a ${scope.toLowerCase()} on ${split} is left out: ${fault}`);
      return fault === undefined ? [{ measure, split, value }] : [];
    });
  return {
    networks: Array.from({ length: places }, (_, place) => found('NETWORK', ({ network }, split) => network?.(of, split, place))),
    cohort: found('COHORT', ({ cohort }, split) => cohort?.(of, split)),
    leftOut,
  };
};
