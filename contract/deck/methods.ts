import { presetTeacher } from './system.ts';

/** Uncoupled networks with cross-entropy alone. */
export const independent = { independent: {} };

/** Network 0 of another group of the preset, of the same seed. */
export const teacherOf = (key: string) => ({ group: { groupKey: `${presetTeacher}${key}`, network: 0 } });

/** KD from a group of the preset; what is not named is at its default (T = 4, weight 0.9, with T²). */
export const distillation = (teacher: string, settings: object = {}) => ({
  distillation: { teachers: [teacherOf(teacher)], ...settings },
});

/** Mutual learning; what is not named is at its default (alternating, pairwise mean, weight and temperature 1). */
export const mutual = (settings: object = {}) => ({ mutual: settings });

/** Uncoupled networks that pay β for confident outputs. */
export const confidencePenalty = (weight: number) => ({ confidencePenalty: { weight } });
