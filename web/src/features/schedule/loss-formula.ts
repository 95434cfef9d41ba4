import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { crossEntropy, featuresTerm, isGroup, number, peersTerm, type Settings, type Term, teachersTerm, weighted } from './loss-terms.ts';

/** A method's loss in TeX: in letters, and with the values set so far. */
export type LossFormula = { letters: string; values: string };

/** The loss of the method chosen in a spec, for `networks` networks; null for a method this page has no formula for. */
export function lossFormula(method: JsonValue | undefined, networks: number): LossFormula | null {
  if (!isGroup(method)) return null;
  if (isGroup(method.independent)) return sumOf('\\mathcal{L}_i', [weighted('', 1, labels)]);
  if (isGroup(method.distillation)) return distillation(method.distillation);
  if (isGroup(method.mutual)) return mutual(method.mutual, networks);
  if (isGroup(method.confidencePenalty)) return confidencePenalty(method.confidencePenalty);
  return null;
}

const labels = crossEntropy('y', 'p_i');

/** The terms that are there, added up. */
function sumOf(left: string, terms: readonly (Term | null)[]): LossFormula {
  const present = terms.filter((term) => term !== null);
  const of = (kind: keyof Term) => `${left} = ${present.map((term) => term[kind]).join(' + ') || '0'}`;
  return { letters: of('letters'), values: of('values') };
}

function distillation(settings: Settings): LossFormula {
  const weight = number(settings.weight, 0.9);
  return sumOf('\\mathcal{L}', [
    weighted('(1 - a)', 1 - weight, crossEntropy('y', 'p_s')),
    teachersTerm(settings, { weight: 'a', temperature: 'T', own: 'p_s' }, weight),
  ]);
}

function mutual(settings: Settings, networks: number): LossFormula {
  const { teaching, features } = settings;
  const labelWeight = number(settings.labelWeight, 1);
  // The teachers' temperature is another than the peers'.
  const names = { weight: 'v', temperature: 'T_t', own: 'p_i' };
  return sumOf('\\mathcal{L}_i', [
    weighted(labelWeight === 1 ? '' : 'c', labelWeight, labels),
    peersTerm(settings, networks),
    isGroup(teaching) ? teachersTerm(teaching, names, number(teaching.weight, 1)) : null,
    isGroup(features) ? featuresTerm(features, networks) : null,
  ]);
}

function confidencePenalty(settings: Settings): LossFormula {
  const weight = number(settings.weight, 0.1);
  const penalty = weighted('\\beta', weight, '\\mathrm{H}(p_i)');
  const of = (kind: keyof Term) => `\\mathcal{L}_i = ${labels}${penalty ? ` - ${penalty[kind]}` : ''}`;
  return { letters: of('letters'), values: of('values') };
}
