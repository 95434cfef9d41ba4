import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { type LossFormula, lossFormula } from './loss-formula.ts';
import { withSmoothedLabels } from './smoothed-labels.ts';

describe('a loss under label smoothing', () => {
  const mutual = lossFormula({ mutual: {} }, 2) as LossFormula;

  it('has the smoothed label in place of y, and says what it is', () => {
    const { letters, values } = withSmoothedLabels(mutual, 0.1);
    expect(letters).toContain('\\mathrm{CE}(\\tilde{y},\\, p_i)');
    expect(letters).toMatch(/\\tilde\{y\} = \(1 - \\varepsilon\)\\,y \+ \\tfrac\{\\varepsilon\}\{C\}$/);
    expect(values).toMatch(/\\tilde\{y\} = 0\.9\\,y \+ \\tfrac\{0\.1\}\{C\}$/);
    expect(katex.renderToString(letters, { throwOnError: true })).toContain('katex');
    expect(katex.renderToString(values, { throwOnError: true })).toContain('katex');
  });

  it('is as it was without smoothing, and where no hard label is left', () => {
    expect(withSmoothedLabels(mutual, 0)).toEqual(mutual);
    const unlabelled = lossFormula({ distillation: { weight: 1 } }, 1) as LossFormula;
    expect(withSmoothedLabels(unlabelled, 0.1).values).toBe(unlabelled.values);
  });
});
