import type { JsonValue } from '@/lib/contract/settings.ts';

/** A method's loss in TeX: in letters, and with the values set so far. */
export type LossFormula = { letters: string; values: string };

type Settings = { [name: string]: JsonValue };

const number = (value: JsonValue | undefined, otherwise: number) => (typeof value === 'number' ? value : otherwise);
const shown = (value: number) => String(Number(value.toPrecision(4)));
const isGroup = (value: JsonValue | undefined): value is Settings => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A factor in front of a term: nothing for 1. */
const factor = (value: number) => (value === 1 ? '' : `${shown(value)}\\,`);

const softened = (symbol: string, temperature: number | 'T') =>
  temperature === 1 ? symbol : `${symbol}^{${temperature === 'T' ? 'T' : `(${shown(temperature)})`}}`;

/** The loss of the method chosen in a spec, for `networks` networks; null for a method this page has no formula for. */
export function lossFormula(method: JsonValue | undefined, networks: number): LossFormula | null {
  if (!isGroup(method)) return null;
  if (isGroup(method.independent)) return same('\\mathcal{L}_i = \\mathrm{CE}(y,\\, p_i)');
  if (isGroup(method.distillation)) return distillation(method.distillation);
  if (isGroup(method.mutual)) return mutual(method.mutual, networks);
  return null;
}

const same = (tex: string): LossFormula => ({ letters: tex, values: tex });

function distillation(settings: Settings): LossFormula {
  const temperature = number(settings.temperature, 4);
  const weight = number(settings.weight, 0.9);
  const scaled = settings.scaleByTemperatureSquared !== false;
  const hard = '\\mathrm{CE}(y,\\, p_s)';
  const soft = (exponent: number | 'T') => `\\mathrm{KL}\\big(${softened('p_t', exponent)} \\,\\|\\, ${softened('p_s', exponent)}\\big)`;
  const softWeight = weight * (scaled ? temperature ** 2 : 1);
  const terms = [weight < 1 ? `${factor(1 - weight)}${hard}` : '', weight > 0 ? `${factor(softWeight)}${soft(temperature)}` : ''].filter(
    Boolean,
  );
  return {
    letters: `\\mathcal{L} = (1 - a)\\,${hard} + a\\,${scaled ? 'T^2\\,' : ''}${soft('T')}`,
    values: `\\mathcal{L} = ${terms.join(' + ')}`,
  };
}

function mutual(settings: Settings, networks: number): LossFormula {
  const temperature = number(settings.temperature, 1);
  const weight = number(settings.weight, 1);
  const scaled = settings.scaleByTemperatureSquared !== false;
  const term = (exponent: number | 'T') => mutualTerm(String(settings.target ?? 'PAIRWISE_MEAN'), exponent, networks);
  const valued = weight * (scaled ? temperature ** 2 : 1);
  const hard = '\\mathrm{CE}(y,\\, p_i)';
  const features = isGroup(settings.features) ? settings.features : null;
  const matched = features === null ? '' : featureTerm(features, networks);
  return {
    letters: `\\mathcal{L}_i = ${hard} + w\\,${scaled ? 'T^2\\,' : ''}${term('T')}${features ? ` + \\gamma\\,${matched}` : ''}`,
    values: `\\mathcal{L}_i = ${hard}${weight > 0 ? ` + ${factor(valued)}${term(temperature)}` : ''}${features ? ` + ${factor(number(features.weight, 1))}${matched}` : ''}`,
  };
}

/** The line above stands for the mean over batch and elements. */
function featureTerm(features: Settings, networks: number): string {
  const mean = networks === 2 ? '' : '\\tfrac{1}{K-1}\\textstyle\\sum_{j \\ne i} ';
  return features.alignment === 'PERMUTATION'
    ? `${mean}\\min_{\\pi} \\overline{\\big(f_i - \\pi(f_j)\\big)^2}`
    : `${mean}\\overline{(f_i - f_j)^2}`;
}

function mutualTerm(target: string, exponent: number | 'T', networks: number): string {
  const own = softened('p_i', exponent);
  const peer = softened('p_j', exponent);
  if (networks === 2 && target !== 'ENSEMBLE_LOGITS') return `\\mathrm{KL}\\big(${peer} \\,\\|\\, ${own}\\big)`;
  const mean = '\\tfrac{1}{K-1}\\textstyle\\sum_{j \\ne i}';
  switch (target) {
    case 'ENSEMBLE_PROBABILITIES':
      return `\\mathrm{KL}\\big(${mean} ${peer} \\,\\|\\, ${own}\\big)`;
    case 'ENSEMBLE_LOGITS':
      return `\\mathrm{KL}\\big(\\mathrm{softmax}(${mean} z_j${exponent === 1 ? '' : exponent === 'T' ? ' / T' : ` / ${shown(exponent)}`}) \\,\\|\\, ${own}\\big)`;
    default:
      return `${mean} \\mathrm{KL}\\big(${peer} \\,\\|\\, ${own}\\big)`;
  }
}
