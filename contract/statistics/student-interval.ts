import { studentQuantile } from './student.ts';

/**
 * Half the width of a mean's 95 % Student interval, t · sd / √n: of the values that gave `sd`, or, for another n, what is to be expected of so
 * many values that scatter alike. Null where nothing is known of the noise: below two values, or without an sd.
 */
export function studentInterval(sd: number | null, n: number): number | null {
  return sd === null || n < 2 ? null : (studentQuantile(n - 1) * sd) / Math.sqrt(n);
}
