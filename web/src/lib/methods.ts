import type { Method } from '@/generated/graphql.ts';

/** What the field calls each method, long and short. */
export const methodNames: Record<Method, { name: string; short: string }> = {
  INDEPENDENT: { name: 'Independent', short: 'Ind.' },
  DISTILLATION: { name: 'Distillation', short: 'KD' },
  MUTUAL: { name: 'Mutual learning', short: 'DML' },
  CONFIDENCE_PENALTY: { name: 'Confidence penalty', short: 'Penalty' },
};

/** The methods as a choice. */
export const methodOptions = Object.entries(methodNames).map(([value, { name }]) => ({ value, label: name }));
