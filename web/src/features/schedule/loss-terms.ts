import type { JsonValue } from '@studyhall/contract/settings/settings.ts';

export type Settings = { [name: string]: JsonValue };

/** A term of a loss with what stands before it: in letters, and with the values set. */
export type Term = { letters: string; values: string };

/** Where a temperature stands: its letter, or its value. */
type Temperature = string | number;

export const number = (value: JsonValue | undefined, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
export const isGroup = (value: JsonValue | undefined): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const shown = (value: number) => String(Number(value.toPrecision(4)));

/** A term in TeX behind its weight; null for one that plays no part. A weight without a letter is left out where it is 1. */
export function weighted(letter: string, weight: number, tex: string | { letters: string; values: string }): Term | null {
  if (weight === 0) return null;
  const { letters, values } = typeof tex === 'string' ? { letters: tex, values: tex } : tex;
  return { letters: `${letter ? `${letter}\\,` : ''}${letters}`, values: `${weight === 1 ? '' : `${shown(weight)}\\,`}${values}` };
}

/** p at a temperature: `p_s^{T}`, `p_s^{(4)}`, and plain at 1. */
function softened(symbol: string, temperature: Temperature): string {
  if (temperature === 1) return symbol;
  return `${symbol}^{${typeof temperature === 'string' ? temperature : `(${shown(temperature)})`}}`;
}

const divergence = (target: string, own: string) => `\\mathrm{KL}\\big(${target} \\,\\|\\, ${own}\\big)`;

export const crossEntropy = (target: string, own: string) => `\\mathrm{CE}(${target},\\, ${own})`;

/** What teachers add to a loss: weight · T² · KL, or CE on their likeliest class; of several, the mean. */
export function teachersTerm(settings: Settings, names: { weight: string; temperature: string; own: string }, weight: number): Term | null {
  const count = Array.isArray(settings.teachers) ? Math.max(settings.teachers.length, 1) : 1;
  const mean = count === 1 ? '' : `\\tfrac{1}{${count}}\\textstyle\\sum_{t=1}^{${count}} `;
  if (settings.target === 'HARD')
    return weighted(names.weight, weight, `${mean}${crossEntropy('\\operatorname{arg\\,max} p_t', names.own)}`);
  const temperature = number(settings.temperature, 4);
  const scaled = settings.scaleByTemperatureSquared !== false;
  const tex = (at: Temperature) => `${mean}${divergence(softened('p_t', at), softened(names.own, at))}`;
  return weighted(names.weight, weight * (scaled ? temperature ** 2 : 1), {
    letters: `${scaled ? `${names.temperature}^2\\,` : ''}${tex(names.temperature)}`,
    values: tex(temperature),
  });
}

/** What the peers add: w · T² · the divergence from them, or from their mean. */
export function peersTerm(settings: Settings, networks: number): Term | null {
  const temperature = number(settings.temperature, 1);
  const scaled = settings.scaleByTemperatureSquared !== false;
  const tex = (at: Temperature) => towardsPeers(String(settings.target ?? 'PAIRWISE_MEAN'), at, networks);
  return weighted('w', number(settings.weight, 1) * (scaled ? temperature ** 2 : 1), {
    letters: `${scaled ? 'T^2\\,' : ''}${tex('T')}`,
    values: tex(temperature),
  });
}

function towardsPeers(target: string, temperature: Temperature, networks: number): string {
  const own = softened('p_i', temperature);
  const peer = softened('p_j', temperature);
  if (networks === 2 && target !== 'ENSEMBLE_LOGITS') return divergence(peer, own);
  const mean = '\\tfrac{1}{K-1}\\textstyle\\sum_{j \\ne i}';
  switch (target) {
    case 'ENSEMBLE_PROBABILITIES':
      return divergence(`${mean} ${peer}`, own);
    case 'ENSEMBLE_LOGITS': {
      const divided = temperature === 1 ? '' : ` / ${typeof temperature === 'string' ? temperature : shown(temperature)}`;
      return divergence(`\\mathrm{softmax}(${mean} z_j${divided})`, own);
    }
    default:
      return `${mean} ${divergence(peer, own)}`;
  }
}

/** What the distance of the features adds. The line above stands for the mean over batch and elements. */
export function featuresTerm(settings: Settings, networks: number): Term | null {
  const mean = networks === 2 ? '' : '\\tfrac{1}{K-1}\\textstyle\\sum_{j \\ne i} ';
  const distance =
    settings.alignment === 'PERMUTATION' ? '\\min_{\\pi} \\overline{\\big(f_i - \\pi(f_j)\\big)^2}' : '\\overline{(f_i - f_j)^2}';
  return weighted('\\gamma', number(settings.weight, 1), `${mean}${distance}`);
}
