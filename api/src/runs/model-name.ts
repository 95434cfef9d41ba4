/** What a model's name says. */
export type ModelName =
  | { family: 'mlp'; widths: number[] }
  | { family: 'cnn'; width: number }
  | { family: 'resnet'; depth: number; width: number };

const allowed =
  '`mlp-W` with up to 8 widths (mlp-256-128), `cnn` or `cnn-W`, `resnet-N` or `resnet-NxW` with N = 6n+2 (8, 14, 20, 26, 32, …)';

/**
 * Parses an architecture's name.
 *
 * @returns the parsed name, or a sentence that says what is wrong with it and what is allowed.
 */
export function parseModelName(name: string): ModelName | string {
  const [family = ''] = name.split('-', 1);
  const rest = name.slice(family.length + 1);
  if (family === 'mlp') return parseMlp(name, rest);
  if (name === 'cnn') return { family: 'cnn', width: 16 };
  if (family === 'cnn') return parseCnn(name, rest);
  if (family === 'resnet') return parseResnet(name, rest);
  return `"${name}" is no model Studyhall knows; allowed: ${allowed}.`;
}

function parseMlp(name: string, rest: string): ModelName | string {
  const widths = rest.split('-').map(wholeNumber);
  const fits = widths.length <= 8 && widths.every((width) => width >= 1 && width <= 8192);
  return fits ? { family: 'mlp', widths } : `"${name}": mlp-W-W… takes 1 to 8 layer widths from 1 to 8192, e.g. mlp-256-128.`;
}

function parseCnn(name: string, rest: string): ModelName | string {
  const width = wholeNumber(rest);
  return width >= 1 && width <= 512 ? { family: 'cnn', width } : `"${name}": cnn-W takes a width from 1 to 512, e.g. cnn-32.`;
}

function parseResnet(name: string, rest: string): ModelName | string {
  const [depthText = '', widthText = '1', ...more] = rest.split('x');
  const depth = wholeNumber(depthText);
  const width = wholeNumber(widthText);
  if (more.length > 0 || Number.isNaN(depth) || !(width >= 1 && width <= 16))
    return `"${name}": resnet-N or resnet-NxW takes a depth and a width factor from 1 to 16, e.g. resnet-20x2.`;
  if (depth < 8 || depth > 1202 || (depth - 2) % 6 !== 0)
    return `"${name}": a resnet's depth is 6n+2 (8, 14, 20, 26, 32, 38, 44, 56, 110, …), not ${depth}.`;
  return { family: 'resnet', depth, width };
}

/** Without sign, leading zeros, exponents: a name is written in one way only. */
const wholeNumber = (text: string) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN);
