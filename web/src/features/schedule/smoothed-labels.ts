import type { LossFormula } from './loss-formula.ts';

const label = '\\mathrm{CE}(y,';

/** A loss under label smoothing: y stands smoothed in every hard-label term, and a line below says what that means. */
export function withSmoothedLabels({ letters, values }: LossFormula, epsilon: number): LossFormula {
  if (epsilon <= 0) return { letters, values };
  const write = (tex: string, definition: string) =>
    tex.includes(label) ? `${tex.replaceAll(label, '\\mathrm{CE}(\\tilde{y},')} \\\\[4pt] \\tilde{y} = ${definition}` : tex;
  const kept = Number((1 - epsilon).toPrecision(4));
  return {
    letters: write(letters, '(1 - \\varepsilon)\\,y + \\tfrac{\\varepsilon}{C}'),
    values: write(values, `${kept}\\,y + \\tfrac{${epsilon}}{C}`),
  };
}
