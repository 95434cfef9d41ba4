import { written } from '../settings/written.ts';

/** What a model's name says. */
export type ModelName =
  | { family: 'mlp'; widths: number[] }
  | { family: 'cnn'; width: number }
  | { family: 'resnet'; depth: number; width: number }
  | { family: 'wrn'; depth: number; width: number }
  | { family: 'mobilenet'; alpha: number }
  | { family: 'tcn'; width: number };

export type ModelFamily = ModelName['family'];

const allowed =
  '`mlp-W-W…` with up to 8 widths (mlp-256-128), `cnn` or `cnn-W`, `resnet-N` or `resnet-NxW` with N = 6n+2 (8, 14, 20, 26, 32, …), ' +
  '`wrn-N-W` with N = 6n+4 (wrn-16-2), `mobilenet-A` with A from 0.25 to 2 (mobilenet-0.5), `tcn-W` for sequences';

const maxLength = 64;

/** Deeper ones take minutes to compile before their first step. */
const deepestResnet = 218;

/**
 * Parses an architecture's name.
 *
 * @returns the parsed name, or a sentence that says what is wrong with it and what is allowed.
 */
export function parseModelName(name: string): ModelName | string {
  if (name.length > maxLength) return `"${name.slice(0, maxLength)}…" is longer than the ${maxLength} characters of a model's name.`;
  if (name === 'cnn') return { family: 'cnn', width: 16 };
  const [family = ''] = name.split('-', 1);
  const parse = Object.hasOwn(families, family) ? families[family as ModelFamily] : undefined;
  if (!parse) return `"${name}" is not a valid model name; allowed: ${allowed}.`;
  const parsed = parse(name.slice(family.length + 1));
  return typeof parsed === 'string' ? `"${name}": ${parsed}` : parsed;
}

/** What follows the family's name; or what is wrong with it. */
const families: { readonly [F in ModelFamily]: (sizes: string) => Extract<ModelName, { family: F }> | string } = {
  mlp: (sizes) => {
    const widths = sizes.split('-');
    if (widths.length > 8) return `mlp-W-W… takes 1 to 8 layer widths, not ${written(widths.length)}.`;
    const wrong = widths.find((width) => !(wholeNumber(width) <= 8192));
    if (wrong !== undefined) return `mlp-W-W… takes layer widths, each ${width(wrong, 8192)}, e.g. mlp-256-128.`;
    return { family: 'mlp', widths: widths.map(wholeNumber) };
  },
  cnn: (sizes) =>
    wholeNumber(sizes) <= 512 ? { family: 'cnn', width: wholeNumber(sizes) } : `cnn-W takes a width, ${width(sizes, 512)}, e.g. cnn-32.`,
  resnet: (sizes) => {
    const [depthText = '', factorText = '1', ...more] = sizes.split('x');
    const [depth, factor] = [wholeNumber(depthText), wholeNumber(factorText)];
    if (more.length > 0 || Number.isNaN(depth) || !(factor <= 16))
      return 'resnet-N or resnet-NxW takes a depth and a width factor from 1 to 16, e.g. resnet-20x2.';
    if (depth < 8 || depth > deepestResnet || (depth - 2) % 6 !== 0)
      return `a resnet's depth is 6n+2, up to ${deepestResnet} (8, 14, 20, 26, 32, 38, 44, 56, 110, …), not ${written(depth)}.`;
    return { family: 'resnet', depth, width: factor };
  },
  wrn: (sizes) => {
    const [depth = Number.NaN, factor = Number.NaN, ...more] = sizes.split('-').map(wholeNumber);
    const fits = depth >= 10 && depth <= 100 && (depth - 4) % 6 === 0 && factor <= 20 && more.length === 0;
    if (!fits) return 'wrn-N-W takes a depth N = 6n+4 (10, 16, 22, 28, … 100) and a width factor W from 1 to 20, e.g. wrn-16-2.';
    return { family: 'wrn', depth, width: factor };
  },
  mobilenet: (sizes) => {
    const alpha = /^(0\.\d{0,3}[1-9]|[12]|1\.\d{0,3}[1-9])$/.test(sizes) ? Number(sizes) : Number.NaN;
    if (!(alpha >= 0.25 && alpha <= 2))
      return 'mobilenet-A takes a width factor from 0.25 to 2 with at most 4 decimals, none of them a needless 0, e.g. mobilenet-0.5 or mobilenet-1.';
    return { family: 'mobilenet', alpha };
  },
  tcn: (sizes) =>
    wholeNumber(sizes) <= 512 ? { family: 'tcn', width: wholeNumber(sizes) } : `tcn-W takes a width, ${width(sizes, 512)}, e.g. tcn-64.`,
};

/** Every family that a model's name may begin with. */
export const modelFamilies = Object.keys(families) as ModelFamily[];

const width = (given: string, most: number) => `a whole number from 1 to ${written(most)}, not ${given || 'nothing'}`;

/** Above 0, without sign, leading zeros, exponents: a name is written in one way only. NaN for anything else. */
const wholeNumber = (text: string) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN);
