import { labelOf } from '@/lib/contract/name.ts';

/** Names that the rule for labels would get wrong or leave unclear. */
const labels: Record<string, string> = {
  sgd: 'SGD',
  scaleByTemperatureSquared: 'Scale by T²',
  splitSeed: 'Split seed',
  trainSamples: 'Training images',
  warmupEpochs: 'Warm-up',
  checkpointEvery: 'Checkpoint every',
  experimentId: 'Experiment',
  groupKey: 'Group',
  runId: 'Run',
  run: 'One run',
  group: 'A group, same seed',
  trained: 'Train one first',
};

/** A setting's, option's or value's name on the page. */
export function settingLabel(name: string): string {
  return labels[name] ?? labelOf(name);
}
