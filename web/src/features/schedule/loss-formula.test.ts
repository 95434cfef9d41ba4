import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
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

  it('takes the mean over several teachers, and of a hard target the likeliest class, without T', () => {
    const teachers: JsonValue = [{ run: {} }, { run: {} }, { trained: {} }];
    const soft = lossFormula({ distillation: { teachers, temperature: 2, weight: 0.5 } }, 1);
    expect(soft?.letters).toContain('a\\,T^2\\,\\tfrac{1}{3}\\textstyle\\sum_{t=1}^{3} \\mathrm{KL}\\big(p_t^{T}');
    expect(soft?.values).toContain('2\\,\\tfrac{1}{3}\\textstyle\\sum_{t=1}^{3} \\mathrm{KL}\\big(p_t^{(2)}');
    expect(lossFormula({ distillation: { teachers: [{}], target: 'HARD', weight: 1 } }, 1)?.values).toBe(
      '\\mathcal{L} = \\mathrm{CE}(\\operatorname{arg\\,max} p_t,\\, p_s)',
    );
  });

  it('adds teachers to peers, each with a temperature of its own, and leaves the labels out where they are off', () => {
    const method = { mutual: { labelWeight: 0, teaching: { teachers: [{}], weight: 0.5, temperature: 4 } } };
    expect(lossFormula(method, 2)).toEqual({
      letters:
        '\\mathcal{L}_i = w\\,T^2\\,\\mathrm{KL}\\big(p_j^{T} \\,\\|\\, p_i^{T}\\big) + v\\,T_t^2\\,\\mathrm{KL}\\big(p_t^{T_t} \\,\\|\\, p_i^{T_t}\\big)',
      values: '\\mathcal{L}_i = \\mathrm{KL}\\big(p_j \\,\\|\\, p_i\\big) + 8\\,\\mathrm{KL}\\big(p_t^{(4)} \\,\\|\\, p_i^{(4)}\\big)',
    });
    expect(lossFormula({ mutual: { labelWeight: 2 } }, 2)?.letters).toContain('= c\\,\\mathrm{CE}');
    expect(lossFormula({ mutual: { labelWeight: 2 } }, 2)?.values).toContain('= 2\\,\\mathrm{CE}');
  });

  it('subtracts the entropy that the confidence penalty pays for', () => {
    expect(lossFormula({ confidencePenalty: { weight: 0.1 } }, 1)).toEqual({
      letters: '\\mathcal{L}_i = \\mathrm{CE}(y,\\, p_i) - \\beta\\,\\mathrm{H}(p_i)',
      values: '\\mathcal{L}_i = \\mathrm{CE}(y,\\, p_i) - 0.1\\,\\mathrm{H}(p_i)',
    });
    expect(lossFormula({ confidencePenalty: { weight: 0 } }, 1)?.values).toBe('\\mathcal{L}_i = \\mathrm{CE}(y,\\, p_i)');
  });

  it('writes TeX that KaTeX takes', () => {
    const several = { teachers: [{}, {}], temperature: 3 };
    const methods: JsonValue[] = [
      ...['PAIRWISE_MEAN', 'ENSEMBLE_PROBABILITIES', 'ENSEMBLE_LOGITS'].map((target) => ({ mutual: { target, temperature: 2 } })),
      { independent: {} },
      { distillation: several },
      { distillation: { ...several, target: 'HARD' } },
      { mutual: { teaching: several, features: {}, labelWeight: 3 } },
      { confidencePenalty: {} },
    ];
    for (const method of methods) {
      const formula = lossFormula(method, 4);
      expect(katex.renderToString(formula?.letters ?? '', { throwOnError: true })).toContain('katex');
      expect(katex.renderToString(formula?.values ?? '', { throwOnError: true })).toContain('katex');
    }
  });

  it('has none for a method it does not know', () => {
    expect(lossFormula({ novel: {} }, 2)).toBeNull();
  });
});
