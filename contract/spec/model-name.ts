/** What a model's name says. */
export type ModelName =
  | { family: 'mlp'; widths: number[] }
  | { family: 'cnn'; width: number }
  | { family: 'resnet'; depth: number; width: number }
  | { family: 'wrn'; depth: number; width: number }
  | { family: 'mobilenet'; alpha: number }
  | { family: 'tcn'; width: number };

const allowed =
  '`mlp-W` with up to 8 widths (mlp-256-128), `cnn` or `cnn-W`, `resnet-N` or `resnet-NxW` with N = 6n+2 (8, 14, 20, 26, 32, …), ' +
  '`wrn-N-W` with N = 6n+4 (wrn-16-2), `mobilenet-A` with A from 0.25 to 2 (mobilenet-0.5), `tcn-W` for sequences';

/**
 * Parses an architecture's name.
 *
 * @returns the parsed name, or a sentence that says what is wrong with it and what is allowed.
 */
export function parseModelName(name: string): ModelName | string {
  if (name.length > maxLength) return `"${name.slice(0, maxLength)}…" is longer than the ${maxLength} characters of a model's name.`;
  const [family = ''] = name.split('-', 1);
  const rest = name.slice(family.length + 1);
  if (family === 'mlp') return parseMlp(name, rest);
  if (name === 'cnn') return { family: 'cnn', width: 16 };
  if (family === 'cnn') return parseCnn(name, rest);
  if (family === 'resnet') return parseResnet(name, rest);
  if (family === 'wrn') return parseWideResnet(name, rest);
  if (family === 'mobilenet') return parseMobilenet(name, rest);
  if (family === 'tcn') return parseTemporal(name, rest);
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
  if (depth < 8 || depth > deepestResnet || (depth - 2) % 6 !== 0)
    return `"${name}": a resnet's depth is 6n+2, up to ${deepestResnet} (8, 14, 20, 26, 32, 38, 44, 56, 110, …), not ${depth}.`;
  return { family: 'resnet', depth, width };
}

function parseWideResnet(name: string, rest: string): ModelName | string {
  const [depth = Number.NaN, width = Number.NaN, ...more] = rest.split('-').map(wholeNumber);
  const fits = depth >= 10 && depth <= 100 && (depth - 4) % 6 === 0 && width >= 1 && width <= 20 && more.length === 0;
  return fits
    ? { family: 'wrn', depth, width }
    : `"${name}": wrn-N-W takes a depth N = 6n+4 (10, 16, 22, 28, … 100) and a width factor from 1 to 20, e.g. wrn-16-2.`;
}

function parseMobilenet(name: string, rest: string): ModelName | string {
  const alpha = /^(0\.\d{0,3}[1-9]|[12]|1\.\d{0,3}[1-9])$/.test(rest) ? Number(rest) : Number.NaN;
  return alpha >= 0.25 && alpha <= 2
    ? { family: 'mobilenet', alpha }
    : `"${name}": mobilenet-A takes a width factor from 0.25 to 2, e.g. mobilenet-0.5 or mobilenet-1.`;
}

function parseTemporal(name: string, rest: string): ModelName | string {
  const width = wholeNumber(rest);
  return width >= 1 && width <= 512 ? { family: 'tcn', width } : `"${name}": tcn-W takes a width from 1 to 512, e.g. tcn-64.`;
}

const maxLength = 64;

/** Deeper ones take minutes to compile before their first step. */
const deepestResnet = 218;

/** Without sign, leading zeros, exponents: a name is written in one way only. */
const wholeNumber = (text: string) => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN);
