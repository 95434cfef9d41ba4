import { unify } from './unify.ts';

/**
 * The items of a list of numbers: commas, semicolons and spaces part them. Digits that stand as one number's thousands do (`1,000`,
 * `100 200`) are refused where that number `fits` the field as well as its parts: nobody but the writer can tell what was meant.
 */
export function splitList(text: string, fits: (value: number) => boolean): { items: string[]; problem: string | null } {
  const plain = unify(text);
  const runs = [...plain.split(/[; ]/), ...plain.split(/ ?[;,] ?/)];
  const doubtful = runs.find((run) => /^(?!0)\d{1,3}(,\d{3})+$|^(?!0)\d{1,3}( \d{3})+$/.test(run) && fits(Number(run.replace(/\D/g, ''))));
  if (doubtful !== undefined) {
    const parts = doubtful.split(/\D/).map(Number);
    return {
      items: [],
      problem: `“${doubtful}” can mean one number or ${parts.length}: write ${doubtful.replace(/\D/g, '')}, or ${parts.join('; ')}.`,
    };
  }
  const items = plain.split(/[,; ]+/).filter(Boolean);
  const padded = items.find((item) => /^0\d/.test(item));
  if (padded !== undefined) return { items: [], problem: `“${padded}” begins with a 0: a number of its own, or the end of another?` };
  return { items, problem: null };
}
