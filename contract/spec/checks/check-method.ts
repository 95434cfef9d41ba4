import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';
import { canonical } from '../canonical.ts';
import type { MutualSettings, RunSpec, TeachingSettings } from '../run-spec.ts';
import { teachersOf, teachingOf, trainedTeachers } from '../teachers.ts';

/** Most teachers of one run. */
const maxTeachers = 8;

/** What a spec's method says that contradicts itself, whatever the dataset. */
export function checkMethod(spec: RunSpec): Problem[] {
  const { method } = spec;
  const found = teachingOf(spec);
  const problems: Problem[] = [];
  if (method.independent?.enabled === false)
    problems.push({ path: 'method.independent.enabled', message: 'is false; it can only be true. Choose another method instead.' });
  if (method.mutual) problems.push(...checkMutual(method.mutual));
  problems.push(...checkWeights(method));
  if (found) problems.push(...checkTeachers(spec, found.path), ...checkTarget(found.teaching, found.path));
  return problems;
}

/** Peers alone say nothing of what is right: they would come to agree on anything. */
function checkMutual({ labelWeight, teaching }: MutualSettings): Problem[] {
  if (labelWeight > 0 || teaching) return [];
  return [
    {
      path: 'method.mutual.labelWeight',
      message:
        'is 0, and there is no teacher: nothing says what is right. Name one under teaching; for images without labels, set data.labelledFraction instead.',
    },
  ];
}

/** The least weight that counts beside a cross-entropy of about 1 in 32-bit floats. */
const leastWeight = 1e-6;

/** Weights that may be 0. One that only looks as if it were more, to 32 bits, would leave its term out without a word. */
function checkWeights({ distillation, mutual, confidencePenalty }: RunSpec['method']): Problem[] {
  const weights = {
    'distillation.weight': distillation?.weight,
    'mutual.weight': mutual?.weight,
    'mutual.labelWeight': mutual?.labelWeight,
    'confidencePenalty.weight': confidencePenalty?.weight,
  };
  return Object.entries(weights).flatMap(([path, weight]) =>
    weight === undefined || weight === 0 || weight >= leastWeight
      ? []
      : [{ path: `method.${path}`, message: `is ${weight}; it has to be 0, which leaves the term out, or at least ${leastWeight}.` }],
  );
}

function checkTeachers(spec: RunSpec, path: string): Problem[] {
  const teachers = teachersOf(spec);
  const problems: Problem[] = [];
  if (teachers.length < 1 || teachers.length > maxTeachers)
    return [{ path: `${path}.teachers`, message: `has ${written(teachers.length)} teachers; 1 to ${maxTeachers} are allowed.` }];
  for (const { path: own, position, teacher } of teachers) {
    const before = teachers.slice(0, position).find((other) => !teacher.trained && canonical(other.teacher) === canonical(teacher));
    if (before) problems.push({ path: own, message: `is the same as teacher ${before.position}; name each once.` });
  }
  const [first, ...others] = trainedTeachers(spec);
  for (const { path: own, epochs } of others)
    if (first && epochs !== first.epochs)
      problems.push({
        path: `${own}.epochs`,
        message: `is ${written(epochs)}; teachers that are trained within a run are trained together, all for the first one's ${written(first.epochs)} epochs.`,
      });
  return problems;
}

/** A hard target is a class: there is nothing to soften. */
function checkTarget({ target, temperature, scaleByTemperatureSquared }: TeachingSettings, path: string): Problem[] {
  if (target === 'SOFT') return [];
  const problems: Problem[] = [];
  if (temperature !== 4)
    problems.push({
      path: `${path}.temperature`,
      message: `is ${temperature}, but target is HARD, which no temperature softens; leave it at 4.`,
    });
  if (!scaleByTemperatureSquared)
    problems.push({
      path: `${path}.scaleByTemperatureSquared`,
      message: 'is false, but target is HARD, which has no temperature; leave it at true.',
    });
  return problems;
}
