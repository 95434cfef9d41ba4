import type { JsonValue } from '../../settings/settings.ts';
import type { Leaf } from './leaves.ts';
import { shortNumber } from './number.ts';

/** A part of a label: `300 epochs`. Not whole where something was left out for its length. */
export type Part = { readonly text: string; readonly whole: boolean };

export const part = (text: string): Part => ({ text, whole: true });

type Write = (value: JsonValue) => Part | null;
type WritePart = (value: JsonValue) => Part;

/** A number in its words: `{}` stands for it. */
const number =
  (words: string): WritePart =>
  (value) => {
    const { text, whole } = shortNumber(Number(value));
    return { text: words.replace('{}', text), whole };
  };
const amount = (words: string, none: string): WritePart => {
  const some = number(words);
  return (value) => (value === null || value === 0 ? part(none) : some(value));
};
const percent = (words: string): WritePart => {
  const write = number(words);
  return (value) => {
    const written = write(Number((Number(value) * 100).toPrecision(12)));
    return { ...written, whole: written.whole && Number((Number(value) * 100).toPrecision(12)) / 100 === value };
  };
};
const said =
  (texts: Readonly<Record<string, string>>): WritePart =>
  (value) =>
    part(texts[String(value)] ?? String(value).toLowerCase().replaceAll('_', ' '));
const silent: Write = () => null;
/** Most entries of a list that are named one by one. */
const mostNamed = 3;
const list =
  (one: string, many: string, most = mostNamed): WritePart =>
  (value) => {
    const items = Array.isArray(value) ? value : [];
    if (items.length === 0) return part(many.replace('{}', 'none'));
    const named = items.slice(0, most).join(', ');
    return { text: (items.length > 1 ? many : one).replace('{}', items.length > most ? `${named} …` : named), whole: items.length <= most };
  };

/**
 * How a label says a setting that is not as usual. One that is missing here is said by its name: a new setting separates namesakes before
 * anybody has found words for it.
 */
const words: Readonly<Record<string, Write>> = {
  // The label begins with its method.
  'method.independent': silent,
  'method.distillation': silent,
  'method.mutual': silent,
  'method.confidencePenalty': silent,
  'method.distillation.temperature': number('T {}'),
  'method.distillation.weight': (value) => (value === 1 ? part('no labels') : number('a {}')(value)),
  'method.distillation.scaleByTemperatureSquared': said({ false: 'T² off', true: 'T² on' }),
  'method.distillation.target': said({ HARD: 'hard target' }),
  'method.mutual.update': said({ SIMULTANEOUS: 'simultaneous' }),
  'method.mutual.target': said({ ENSEMBLE_PROBABILITIES: 'ensemble target', ENSEMBLE_LOGITS: 'logit ensemble target' }),
  'method.mutual.weight': number('weight {}'),
  'method.mutual.temperature': number('T {}'),
  'method.mutual.scaleByTemperatureSquared': said({ false: 'T² off', true: 'T² on' }),
  'method.mutual.labelWeight': amount('label weight {}', 'no labels'),
  // Its teachers stand before the arrow.
  'method.mutual.teaching': silent,
  'method.mutual.teaching.temperature': number('teacher T {}'),
  'method.mutual.teaching.weight': number('teacher weight {}'),
  'method.mutual.teaching.scaleByTemperatureSquared': said({ false: 'teacher T² off', true: 'teacher T² on' }),
  'method.mutual.teaching.target': said({ HARD: 'hard target' }),
  'method.mutual.features': () => part('+ L2'),
  'method.mutual.features.layer': said({ LAST: 'last', MIDDLE: 'middle' }),
  'method.mutual.features.weight': number('L2 weight {}'),
  'method.mutual.features.alignment': said({ PERMUTATION: 'aligned', NONE: 'not aligned' }),
  'method.confidencePenalty.weight': number('β {}'),
  'data.trainSamples': amount('{} images', 'all images'),
  'data.validationFraction': (value) => (value === 0 ? part('no validation') : percent('{} % validation')(value)),
  'data.labelledFraction': percent('{} % labelled'),
  'data.withheldClasses': (value) =>
    Array.isArray(value) && value.length === 0 ? part('all classes') : list('without class {}', 'without classes {}')(value),
  'data.splitSeed': number('split {}'),
  'training.epochs': (value) => number(value === 1 ? '{} epoch' : '{} epochs')(value),
  'training.batchSize': number('batch {}'),
  'training.learningRate': number('lr {}'),
  'training.schedule.constant': () => part('constant lr'),
  'training.schedule.cosine': () => part('cosine lr'),
  // With its milestones.
  'training.schedule.step': silent,
  'training.schedule.step.milestones': list('lr step at {}', 'lr steps at {}', 6),
  'training.schedule.step.factor': number('step × {}'),
  'training.schedule.cosine.finalFraction': number('cosine to {}'),
  'training.warmupEpochs': amount('warm-up {}', 'no warm-up'),
  'training.optimizer.sgd': () => part('SGD'),
  'training.optimizer.adam': () => part('Adam'),
  'training.optimizer.adamw': () => part('AdamW'),
  'training.optimizer.sgd.momentum': amount('momentum {}', 'no momentum'),
  'training.optimizer.sgd.nesterov': said({ false: 'no Nesterov', true: 'Nesterov' }),
  'training.optimizer.sgd.weightDecay': amount('decay {}', 'no decay'),
  'training.optimizer.adam.weightDecay': amount('decay {}', 'no decay'),
  'training.optimizer.adamw.weightDecay': amount('decay {}', 'no decay'),
  ...Object.fromEntries(
    ['adam', 'adamw'].flatMap((name) => [
      [`training.optimizer.${name}.beta1`, number('β₁ {}')],
      [`training.optimizer.${name}.beta2`, number('β₂ {}')],
      [`training.optimizer.${name}.epsilon`, number('ε {}')],
    ]),
  ),
  'training.gradientClipping': amount('clipped at {}', 'not clipped'),
  'training.labelSmoothing': amount('smoothed {}', 'not smoothed'),
  'training.augmentation.flip': said({ true: 'flip', false: 'no flip' }),
  'training.augmentation.cropPadding': amount('crop {}', 'no crop'),
  'training.precision': said({ FLOAT32: 'float32', MIXED_FLOAT16: 'float16', MIXED_BFLOAT16: 'bfloat16' }),
  'training.selection': said({ BEST_VALIDATION: 'best epoch', LAST_EPOCH: 'last epoch' }),
};

/** Parts of a label in the order of the contract; what belongs to the part before it is joined to it. */
export function partsOf(leaves: readonly Leaf[]): Part[] {
  const parts: Part[] = [];
  for (const { path, value } of leaves) {
    const written = (words[path] ?? unnamed(path))(value);
    const before = parts.at(-1);
    if (written && before && joined.has(path))
      parts.splice(-1, 1, { text: `${before.text} ${written.text}`, whole: before.whole && written.whole });
    else if (written) parts.push(written);
  }
  return parts;
}

/** Said in one breath with the part before: `+ L2 middle aligned`. */
const joined: ReadonlySet<string> = new Set(['method.mutual.features.layer', 'method.mutual.features.alignment']);

/** A setting nobody has found words for: `momentum decay 0.1`. */
function unnamed(path: string): Write {
  const [section, ...inside] = path.split('.');
  const name = (section === 'method' ? inside.slice(1) : inside).join(' ');
  const plain = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return (value) => {
    if (value === null) return part(`no ${plain}`);
    if (typeof value === 'number') return number(`${plain} {}`)(value);
    return part(`${plain} ${typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value)}`);
  };
}
