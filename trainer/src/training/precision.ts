import type { Precision } from '@studyhall/contract/spec/run-spec.ts';
import type { Half } from '../engine/half/half.ts';

/** The format that factors and results of products are rounded to in training; null: none, they are float32's. */
const FORMATS: { readonly [P in Precision]: Half | null } = { FLOAT32: null, MIXED_FLOAT16: 'float16', MIXED_BFLOAT16: 'bfloat16' };

export const formatOf = (precision: Precision): Half | null => FORMATS[precision];

/** Whether losses have to be scaled for gradients to lie within the format's range. */
export const isScaled = (precision: Precision): boolean => formatOf(precision) === 'float16';
