import { describe, expect, it } from 'vitest';
import { scripts } from './scripts.ts';

describe('symbols in labels and prose', () => {
  it('puts an index below and an exponent above, and comes back to the line', () => {
    expect(scripts('KL(p_t^T ‖ p)').map(({ text, shift }) => [text, shift.dy])).toEqual([
      ['KL(p', 0],
      ['t', 3],
      ['T', -7],
      [' ‖ p)', 4],
    ]);
  });

  it('keeps numbers whole and takes what stands in braces', () => {
    expect(scripts('p_12').map(({ text }) => text)).toEqual(['p', '12']);
    expect(scripts('p_{j≠i}').map(({ text }) => text)).toEqual(['p', 'j≠i']);
  });

  it('leaves words alone', () => {
    expect(scripts('no labels')).toEqual([{ key: '0', text: 'no labels', level: '', shift: { dy: 0, raised: false } }]);
  });
});
