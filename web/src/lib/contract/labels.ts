/** Names that the rule for labels would get wrong or leave unclear. */
const labels: Record<string, string> = {
  sgd: 'SGD',
  adamw: 'AdamW',
  beta1: 'Beta 1',
  beta2: 'Beta 2',
  scaleByTemperatureSquared: 'Scale by T²',
  splitSeed: 'Split seed',
  trainSamples: 'Training images',
  labelledFraction: 'Labelled part',
  withheldClasses: 'Withheld classes',
  warmupEpochs: 'Warm-up',
  checkpointEvery: 'Checkpoint every',
  experimentId: 'Experiment',
  groupKey: 'Group',
  runId: 'Run',
  run: 'One run',
  group: 'A group, same seed',
  trained: 'Train one first',
  labelWeight: 'Weight of the labels',
  teaching: 'Teachers beside the peers',
  FILTER: 'Of each filter',
  WEIGHT: 'Of each weight',
  REESTIMATED: 'Taken anew',
  TSNE: 't-SNE',
  UMAP: 'UMAP',
  TFJS_NODE: 'TensorFlow (tfjs-node)',
  TFJS_NODE_GPU: 'TensorFlow on a GPU (tfjs-node-gpu)',
};

/** A setting's, option's or value's name on the page: `learningRate` → `Learning rate`, `COMPILED_CPU` → `Compiled CPU`. */
export function settingLabel(name: string): string {
  return labels[name] ?? labelOf(name);
}

function labelOf(name: string): string {
  const shouted = name.includes('_') || name === name.toUpperCase();
  const words = shouted ? name.toLowerCase().replaceAll('_', ' ') : name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return sentence
    .replace(/\bcpu\b/, 'CPU')
    .replace(/\bwebgpu\b/, 'WebGPU')
    .replace(/\bcuda\b/, 'CUDA');
}
