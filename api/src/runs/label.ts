import { methodNameOf } from '@studyhall/contract/spec/method.ts';
import type { NetworkSettings, RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { teachersOf, teachingOf } from '@studyhall/contract/spec/teachers.ts';

const short = { INDEPENDENT: 'Independent', DISTILLATION: 'KD', MUTUAL: 'DML', CONFIDENCE_PENALTY: 'Penalty' } as const;

/**
 * Short, for tables: `DML · resnet-8 ×2`, `KD · resnet-32 → cnn`. What makes two groups of one method differ most often (data and
 * labels used, temperature, dropout, optimizer, label smoothing) is added where it is not the default.
 *
 * @param earlier models of the teachers from earlier runs, in the spec's order.
 */
export function labelOf(spec: RunSpec, earlier: readonly string[] = []): string {
  const method = methodNameOf(spec);
  const left = [...earlier];
  const teachers = countModels(
    teachersOf(spec).map(({ teacher }) => (teacher.trained ? nameOf(teacher.trained.network) : left.shift()) ?? ''),
  );
  const students = countModels(spec.networks.map(nameOf));
  const parts = [short[method], teachers ? `${teachers} → ${students}` : students];
  const { mutual, confidencePenalty } = spec.method;
  const teaching = teachingOf(spec)?.teaching;
  if (teaching && teaching.temperature !== 4) parts.push(`${mutual ? 'teacher ' : ''}T ${figure(teaching.temperature)}`);
  if (teaching?.target === 'HARD') parts.push('hard target');
  if (mutual && mutual.temperature !== 1) parts.push(`T ${figure(mutual.temperature)}`);
  if (mutual?.labelWeight === 0 || spec.method.distillation?.weight === 1) parts.push('no labels');
  if (confidencePenalty) parts.push(`β ${figure(confidencePenalty.weight)}`);
  if (mutual?.update === 'SIMULTANEOUS') parts.push('simultaneous');
  if (mutual?.target === 'ENSEMBLE_PROBABILITIES') parts.push('ensemble target');
  if (mutual?.target === 'ENSEMBLE_LOGITS') parts.push('logit ensemble target');
  if (mutual?.features)
    parts.push(`+ L2 ${mutual.features.layer.toLowerCase()}${mutual.features.alignment === 'PERMUTATION' ? ' aligned' : ''}`);
  if (spec.data.trainSamples !== null) parts.push(`${spec.data.trainSamples.toLocaleString('en')} images`);
  const { labelledFraction, withheldClasses } = spec.data;
  if (labelledFraction < 1) parts.push(`${figure(labelledFraction * 100)} % labelled`);
  if (withheldClasses.length > 0)
    parts.push(
      `without class${withheldClasses.length > 1 ? 'es' : ''} ${withheldClasses.slice(0, 3).join(', ')}${withheldClasses.length > 3 ? ' …' : ''}`,
    );
  if (spec.training.optimizer.adam) parts.push('Adam');
  if (spec.training.optimizer.adamw) parts.push('AdamW');
  if (spec.training.labelSmoothing > 0) parts.push(`smoothed ${figure(spec.training.labelSmoothing)}`);
  return parts.join(' · ');
}

/** Three figures are enough to tell runs apart: `0.333`, `1.5`. */
const figure = (value: number) => Number(value.toPrecision(3));

/** `wrn-16-2 (dropout 0.3)` */
function nameOf({ model, dropout }: NetworkSettings): string {
  return dropout > 0 ? `${model} (dropout ${figure(dropout)})` : model;
}

/** Different models that a label names. */
const mostModels = 4;

/** `cnn ×2 + resnet-8`, in the order of the cohort; of many different ones the first few, and how many more networks there are. */
function countModels(models: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const model of models) counts.set(model, (counts.get(model) ?? 0) + 1);
  const named = [...counts].slice(0, mostModels);
  const others = models.length - named.reduce((sum, [, count]) => sum + count, 0);
  const parts = named.map(([model, count]) => (count > 1 ? `${model} ×${count}` : model));
  return [...parts, ...(others > 0 ? [`${others} more`] : [])].join(' + ');
}
