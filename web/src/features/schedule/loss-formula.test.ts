import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { lossFormula } from './loss-formula.ts';

describe('lossFormula', () => {
  it('puts in the values: T = 4 and a = 0.9 weigh 0.1 and 14.4', () => {
    const formula = lossFormula({ distillation: { temperature: 4, weight: 0.9 } }, 1);
    expect(formula?.values).toContain('0.1\\,\\mathrm{CE}');
    expect(formula?.values).toContain('14.4\\,\\mathrm{KL}');
    expect(formula?.values).toContain('p_t^{(4)}');
  });

  it('leaves out a term whose weight is zero, and T² where it is switched off', () => {
    expect(lossFormula({ distillation: { weight: 1, temperature: 3, scaleByTemperatureSquared: false } }, 1)?.values).toBe(
      '\\mathcal{L} = \\mathrm{KL}\\big(p_t^{(3)} \\,\\|\\, p_s^{(3)}\\big)',
    );
    expect(lossFormula({ mutual: { weight: 0 } }, 2)?.values).toBe('\\mathcal{L}_i = \\mathrm{CE}(y,\\, p_i)');
  });

  it('sums over peers only where there are several', () => {
    expect(lossFormula({ mutual: {} }, 2)?.values).not.toContain('sum');
    expect(lossFormula({ mutual: {} }, 3)?.values).toContain('sum');
  });

  it('adds the distance of features, aligned or not, where it is asked for', () => {
    const plain = lossFormula({ mutual: { features: { weight: 0.5 } } }, 2);
    expect(plain?.values).toContain(' + 0.5\\,\\overline{(f_i - f_j)^2}');
    expect(plain?.letters).toContain(' + \\gamma\\,');
    const aligned = lossFormula({ mutual: { features: { alignment: 'PERMUTATION' } } }, 3);
    expect(aligned?.values).toContain('\\min_{\\pi}');
    expect(katex.renderToString(aligned?.letters ?? '', { throwOnError: true })).toContain('katex');
    expect(lossFormula({ mutual: { features: null } }, 2)?.values).not.toContain('f_i');
  });

  it('writes TeX that KaTeX takes', () => {
    for (const target of ['PAIRWISE_MEAN', 'ENSEMBLE_PROBABILITIES', 'ENSEMBLE_LOGITS']) {
      const formula = lossFormula({ mutual: { target, temperature: 2 } }, 4);
      expect(katex.renderToString(formula?.letters ?? '', { throwOnError: true })).toContain('katex');
      expect(katex.renderToString(formula?.values ?? '', { throwOnError: true })).toContain('katex');
    }
  });

  it('has none for a method it does not know', () => {
    expect(lossFormula({ novel: {} }, 2)).toBeNull();
  });
});
