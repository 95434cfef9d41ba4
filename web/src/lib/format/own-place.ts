/** Measures that pages show in places of their own; what else the registry names is shown as it says. */
export const hasOwnPlace = (measure: { name: string }): boolean => names.has(measure.name);

const names: ReadonlySet<string> = new Set([
  'accuracy',
  'loss',
  'entropy',
  'disagreement',
  'withheldAccuracy',
  'biasCorrection',
  'correctedAccuracy',
  'correctedWithheldAccuracy',
]);
