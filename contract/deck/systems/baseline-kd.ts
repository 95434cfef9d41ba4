import { type Bench, group, repDistiller, small, tiny } from '../bench.ts';
import { distillation, independent } from '../methods.ts';
import { compare, plotted, preset, side, sweep } from '../preset.ts';
import { hinton, repDistillerRecipe } from '../references.ts';
import type { Preset, System } from '../system.ts';

const temperatures = [1, 2, 4, 8, 16];

const at = (bench: Bench, duration: string, models: { student: string; teacher: string }): Preset => {
  const { student, teacher } = models;
  const taught = temperatures.map((temperature) =>
    group(bench, `kd-t${temperature}`, `KD, T = ${temperature}`, [student], distillation('teacher', { temperature }), {
      x: temperature,
      series: 'KD',
    }),
  );
  const unscaled = group(
    bench,
    'kd-t4-unscaled',
    'KD, T = 4, without T²',
    [student],
    distillation('teacher', { temperature: 4, scaleByTemperatureSquared: false }),
    { x: 4, series: 'KD without T²' },
  );
  const kd = side('kd-t4', 0, 'The student taught at T = 4');
  return preset(
    bench,
    duration,
    [
      group(bench, 'alone', `Student alone, ${student}`, [student], independent),
      group(bench, 'teacher', `Teacher, ${teacher}`, [teacher], independent),
      ...taught,
      unscaled,
    ],
    sweep(plotted(bench), 'Temperature T', { xLogarithmic: true }),
    [
      compare(kd, side('alone', 0, 'the same student alone'), 'MORE'),
      compare(kd, side('kd-t1', 0, 'the one taught at T = 1'), 'MORE'),
      compare(side('teacher', 0, 'The teacher'), side('alone', 0, 'the student alone'), null),
      compare(side('kd-t4-unscaled', 0, 'Leaving T² out at T = 4'), side('kd-t4', 0, 'keeping it'), null),
    ],
  );
};

export const baselineKd: System = {
  row: 1,
  slug: 'baseline-kd',
  title: 'Baseline KD',
  claim: 'Soft labels let a small model learn the relations between classes. The teacher is “too mean”: its outputs need a temperature.',
  summary:
    'A teacher is trained first and frozen. The student learns from the labels, and from the teacher’s output: there both networks’ outputs are softened by T. The teacher sees the same augmented images as the student, in evaluation mode.',
  formula:
    '\\mathcal{L} = (1-a)\\,\\mathrm{CE}(y, p_s) + a\\,T^2\\,\\mathrm{KL}\\!\\left(p_t^T \\,\\|\\, p_s^T\\right), \\quad p^T = \\mathrm{softmax}(z/T)',
  figure: 'TEACHER_STUDENT',
  notes: [
    'The gradient of the KL term with respect to the student’s logits is (p_s^T − p_t^T)/T, which shrinks like 1/T² as T grows. The factor T² gives it back its size; without it a larger T is also a smaller weight a.',
    'KL is summed over classes and averaged over the batch. Averaged over classes as well, as some public code has it, it is C times too small.',
    'At the paper’s scale training follows RepDistiller’s recipe, T being varied. It pads images with zeros before it crops them; we pad by reflection.',
  ],
  references: [hinton, repDistillerRecipe],
  presets: [
    at(tiny, 'about 2 minutes on two cores', { student: tiny.small, teacher: tiny.large }),
    at(small, 'about half an hour on two cores', { student: small.small, teacher: small.large }),
    at(repDistiller, 'days on one GPU', { student: repDistiller.small, teacher: repDistiller.large }),
  ],
};
