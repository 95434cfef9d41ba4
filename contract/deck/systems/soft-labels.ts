import { type Bench, digits, group, small, tiny } from '../bench.ts';
import { distillation, independent } from '../methods.ts';
import { compare, preset, side, softLabels } from '../preset.ts';
import { hinton, hintonProblems } from '../references.ts';
import type { Preset, System } from '../system.ts';

/** The class that the student never sees, by index: Hinton left out the threes. */
const withheld = { data: { withheldClasses: [3] } };

/** Hinton's teacher: half of the hidden units dropped, pictures moved by up to two pixels. His students had neither. */
const regularised = { dropout: 0.5, training: { augmentation: { cropPadding: 2 } } };

const at = (bench: Bench, duration: string, temperature: number, { dropout = 0, training = {} } = {}): Preset => {
  const kd = distillation('teacher', { temperature });
  return preset(
    bench,
    duration,
    [
      group(
        bench,
        'teacher',
        `Teacher, ${bench.large}, all classes`,
        [dropout > 0 ? { model: bench.large, dropout } : bench.large],
        independent,
        {
          training,
        },
      ),
      group(bench, 'alone', `Student alone, ${bench.small}`, [bench.small], independent),
      group(bench, 'taught', `KD, T = ${temperature}`, [bench.small], kd),
      group(bench, 'alone-without', 'Student alone, one class withheld', [bench.small], independent, withheld),
      group(bench, 'taught-without', `KD, T = ${temperature}, one class withheld`, [bench.small], kd, withheld),
    ],
    softLabels,
    [
      ...(['WITHHELD_ACCURACY', 'CORRECTED_WITHHELD_ACCURACY', 'TEST_ACCURACY'] as const).map((metric) =>
        compare(
          side('taught-without', 0, 'The student that was taught without the class'),
          side('alone-without', 0, 'the one that trained alone without it'),
          'MORE',
          metric,
        ),
      ),
      compare(side('taught', 0, 'The student that was taught with all classes'), side('alone', 0, 'the same student alone'), 'MORE'),
    ],
  );
};

export const softLabelsSystem: System = {
  row: 2,
  slug: 'soft-labels',
  title: 'Soft labels carry relations between classes',
  claim: 'Through soft labels a small model learns the relations between classes.',
  summary:
    'The teacher’s mean softened output for each true class: what it takes the class for. With it Hinton’s experiment: one class is left out of the student’s training images, and the student learns it nonetheless, from how much the teacher sees of it in the others. Then a bias is added to that class’s logit, chosen on the validation split.',
  formula:
    '\\bar p^T(c) = \\frac{1}{n_c} \\sum_{x:\\, y(x) = c} \\mathrm{softmax}\\!\\left(\\frac{z_t(x)}{T}\\right), \\qquad z_s[c_0] \\leftarrow z_s[c_0] + b',
  figure: 'SOFT_LABELS',
  notes: [
    'The control is the same student without a teacher, the class withheld from it too: it cannot know the class.',
    'The bias correction is chosen on the validation split, which keeps the withheld class; test figures are read once, with and without it.',
    'At the paper’s scale the networks, T = 20, the teacher’s dropout and its shifts by two pixels are Hinton’s. Optimizer, learning rate and the number of epochs are ours, weight decay stands in for his limits on weights, and a tenth of the training images is held back.',
  ],
  references: [hinton, hintonProblems],
  presets: [
    at(tiny, 'about a minute on two cores', 4),
    at(small, 'about 15 minutes on two cores', 4),
    at(digits, 'some hours on two cores', 20, regularised),
  ],
};
