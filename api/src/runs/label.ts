import { methodOf, type RunSpec, trainedTeacher } from './spec.ts';

const short = { INDEPENDENT: 'Independent', DISTILLATION: 'KD', MUTUAL: 'DML' } as const;

/**
 * Short, for tables: `DML · resnet-8 ×2`, `KD · resnet-32 → cnn`. What makes two groups of one method differ most often (data used,
 * temperature) is added where it is not the default.
 *
 * @param teacherModel of a teacher from an earlier run.
 */
export function labelOf(spec: RunSpec, teacherModel?: string): string {
  const method = methodOf(spec);
  const teacher = trainedTeacher(spec)?.network.model ?? teacherModel;
  const students = countModels(spec.networks.map(({ model }) => model));
  const parts = [short[method], teacher ? `${teacher} → ${students}` : students];
  const { distillation, mutual } = spec.method;
  if (distillation && distillation.temperature !== 4) parts.push(`T ${distillation.temperature}`);
  if (mutual && mutual.temperature !== 1) parts.push(`T ${mutual.temperature}`);
  if (mutual?.update === 'SIMULTANEOUS') parts.push('simultaneous');
  if (mutual?.target === 'ENSEMBLE_PROBABILITIES') parts.push('ensemble target');
  if (mutual?.target === 'ENSEMBLE_LOGITS') parts.push('logit ensemble target');
  if (spec.data.trainSamples !== null) parts.push(`${spec.data.trainSamples.toLocaleString('en')} images`);
  return parts.join(' · ');
}

/** `cnn ×2 + resnet-8`, in the order of the cohort. */
function countModels(models: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const model of models) counts.set(model, (counts.get(model) ?? 0) + 1);
  return [...counts].map(([model, count]) => (count > 1 ? `${model} ×${count}` : model)).join(' + ');
}
