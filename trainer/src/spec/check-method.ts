import type { SpecProblem } from './problem.ts';
import { type MutualSettings, type RunSpec, type TeacherSettings, type TeachingSettings, teachingOf } from './run-spec.ts';

const MOST_TEACHERS = 8;

/** Peers alone say nothing of what is right: they would come to agree on anything. */
const checkMutual = ({ labelWeight, teaching }: MutualSettings): SpecProblem[] =>
  labelWeight > 0 || teaching !== null
    ? []
    : [
        {
          path: 'method.mutual.labelWeight',
          message:
            'is 0, and there is no teacher: nothing says what is right. Name one under teaching; for images without labels, set data.labelledFraction instead.',
        },
      ];

const isSame = (a: TeacherSettings, b: TeacherSettings): boolean => {
  if (a.run && b.run) return a.run.runId === b.run.runId && a.run.network === b.run.network;
  if (a.group && b.group) return a.group.groupKey === b.group.groupKey && a.group.network === b.group.network;
  return false;
};

/** Teachers that are trained within a run are trained together, so for as many epochs. */
const checkEpochs = (teachers: readonly TeacherSettings[], otherwise: number, path: string): SpecProblem[] => {
  const epochs = teachers.map(({ trained }) => (trained === undefined ? undefined : (trained.epochs ?? otherwise)));
  const first = epochs.find((count) => count !== undefined);
  return epochs.flatMap((count, position) =>
    count === undefined || count === first
      ? []
      : [
          {
            path: `${path}.${position}.trained.epochs`,
            message: `is ${count}; teachers that are trained within a run are trained together, all for the first one's ${first} epochs.`,
          },
        ],
  );
};

const checkTeachers = (teachers: readonly TeacherSettings[], epochs: number, path: string): SpecProblem[] => {
  if (teachers.length < 1 || teachers.length > MOST_TEACHERS)
    return [{ path, message: `has ${teachers.length} teachers; 1 to ${MOST_TEACHERS} are allowed.` }];
  const repeated = teachers.flatMap((teacher, position) => {
    const before = teachers.slice(0, position).findIndex((other) => isSame(teacher, other));
    return before < 0 ? [] : [{ path: `${path}.${position}`, message: `is the same as teacher ${before}; name each once.` }];
  });
  return [...repeated, ...checkEpochs(teachers, epochs, path)];
};

/** A hard target is a class: there is nothing to soften. */
const checkTarget = ({ target, temperature, scaleByTemperatureSquared }: TeachingSettings, path: string): SpecProblem[] => {
  if (target === 'SOFT') return [];
  const problems: SpecProblem[] = [];
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
};

/** The least weight that counts beside a cross-entropy of about 1 in 32-bit floats. */
const LEAST_WEIGHT = 1e-6;

/** Weights that may be 0. One that only looks as if it were more, to 32 bits, would leave its term out without a word. */
const checkWeights = ({ distillation, mutual, confidencePenalty }: RunSpec['method']): SpecProblem[] =>
  Object.entries({
    'distillation.weight': distillation?.weight,
    'mutual.weight': mutual?.weight,
    'mutual.labelWeight': mutual?.labelWeight,
    'confidencePenalty.weight': confidencePenalty?.weight,
  }).flatMap(([path, weight]) =>
    weight === undefined || weight === 0 || weight >= LEAST_WEIGHT
      ? []
      : [{ path: `method.${path}`, message: `is ${weight}; it has to be 0, which leaves the term out, or at least ${LEAST_WEIGHT}.` }],
  );

/** What a spec's method says that contradicts itself. */
export const checkMethod = (spec: RunSpec): SpecProblem[] => {
  const { method, training } = spec;
  const found = teachingOf(spec);
  return [
    ...(method.independent?.enabled === false
      ? [{ path: 'method.independent.enabled', message: 'is false; it can only be true. Choose another method instead.' }]
      : []),
    ...(method.mutual === undefined ? [] : checkMutual(method.mutual)),
    ...checkWeights(method),
    ...(found === undefined
      ? []
      : [...checkTeachers(found.teaching.teachers, training.epochs, `${found.path}.teachers`), ...checkTarget(found.teaching, found.path)]),
  ];
};
