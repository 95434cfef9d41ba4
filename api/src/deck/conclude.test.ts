import { compare, side } from '@studyhall/contract/deck/preset.ts';
import type { ResolvedGroup } from '@studyhall/contract/deck/resolve.ts';
import type { Contrast, Preset } from '@studyhall/contract/deck/system.ts';
import { describe, expect, it } from 'vitest';
import type { BoardRow } from '../sql/leaderboard.ts';
import { conclude } from './conclude.ts';

const groups = ['independent', 'mutual'].map((key) => ({ key, groupKey: `${key}-hash`, seeds: [1, 2, 3] })) as unknown as ResolvedGroup[];
const preset = { groups } as unknown as Preset;
const contrast = (expected: Contrast['expected']) =>
  compare(side('mutual', 0, 'Mutual learning'), side('independent', 0, 'independent training'), expected);

/** Concludes from test accuracies by seed. */
function from(mutual: Record<number, number>, independent: Record<number, number>, expected: Contrast['expected'] = 'MORE') {
  const row = (key: string, accuracies: Record<number, number>) =>
    ({
      index: 0,
      points: Object.entries(accuracies).map(([seed, testAccuracy]) => ({ runId: `${key}-${seed}`, seed: Number(seed), testAccuracy })),
    }) as BoardRow;
  const rows: Record<string, BoardRow> = { 'mutual-hash': row('mutual', mutual), 'independent-hash': row('independent', independent) };
  return conclude(contrast(expected), preset, groups, (key) => (rows[key] ? [rows[key]] : []));
}

describe('a conclusion', () => {
  it('is drawn from differences paired by seed, with a Student interval worked out by hand', () => {
    // Differences 4, 3 and 5 points: mean 4, sd 1, half-width 4.3027 / √3 = 2.484.
    const conclusion = from({ 1: 0.64, 2: 0.53, 3: 0.75, 4: 0.9 }, { 1: 0.6, 2: 0.5, 3: 0.7, 5: 0.1 });
    expect(conclusion.difference).toEqual({
      mean: expect.closeTo(0.04, 12),
      sd: expect.closeTo(0.01, 12),
      n: 3,
      interval: expect.closeTo(0.024842, 6),
    });
    expect(conclusion.verdict).toBe('AGREES');
    expect(conclusion.sentence).toBe(
      'Mutual learning gained 4.0 ± 2.5 points of test accuracy over independent training (3 seeds, paired, 95 %): agrees with the slide.',
    );
    expect(conclusion.runIds).toEqual(['mutual-1', 'independent-1', 'mutual-2', 'independent-2', 'mutual-3', 'independent-3']);
  });

  it('disagrees when the interval lies on the other side', () => {
    const { verdict, sentence } = from({ 1: 0.56, 2: 0.47, 3: 0.65 }, { 1: 0.6, 2: 0.5, 3: 0.7 });
    expect(verdict).toBe('DISAGREES');
    expect(sentence).toBe(
      'Mutual learning lost 4.0 ± 2.5 points of test accuracy against independent training (3 seeds, paired, 95 %): disagrees with the slide.',
    );
    expect(from({ 1: 0.56, 2: 0.47, 3: 0.65 }, { 1: 0.6, 2: 0.5, 3: 0.7 }, 'LESS').verdict).toBe('AGREES');
  });

  it('is undecided while the interval includes 0', () => {
    // Differences 1, 2 and 6: mean 3, sd √7, half-width 6.57.
    const { verdict, sentence } = from({ 1: 0.61, 2: 0.52, 3: 0.76 }, { 1: 0.6, 2: 0.5, 3: 0.7 });
    expect(verdict).toBe('UNDECIDED');
    expect(sentence).toContain('gained 3.0 ± 6.6 points of test accuracy');
    expect(sentence).toContain('undecided, the interval includes 0.');
    expect(from({ 1: 0.6, 2: 0.5 }, { 1: 0.6, 2: 0.5 }).verdict).toBe('UNDECIDED');
  });

  it('waits for two seeds that are done on both sides', () => {
    const { verdict, sentence, difference } = from({ 1: 0.64, 2: 0.5 }, { 1: 0.6, 3: 0.7 });
    expect([verdict, difference?.n]).toEqual(['PENDING', 1]);
    expect(sentence).toBe(
      'Mutual learning against independent training: not known yet, 1 of 3 seeds done on both sides, and it takes two at least.',
    );
    expect(from({}, {}).difference).toBeNull();
  });

  it('writes entropies in nats', () => {
    const rows = [
      [1.2, 'mutual'],
      [1, 'independent'],
    ].map(
      ([value, key]) =>
        [
          `${key}-hash`,
          {
            index: 0,
            points: [1, 2].map((seed) => ({ runId: `${key}-${seed}`, seed, validationEntropy: (value as number) + seed / 10 })),
          } as BoardRow,
        ] as const,
    );
    const { sentence, verdict } = conclude({ ...contrast('MORE'), metric: 'VALIDATION_ENTROPY' }, preset, groups, (key) =>
      rows.filter(([of]) => of === key).map(([, row]) => row),
    );
    expect(verdict).toBe('AGREES');
    expect(sentence).toContain(
      'Mutual learning had outputs with 0.200 ± 0.000 nats more mean entropy on the validation split than independent training',
    );
  });

  it('takes no side where the slide makes no claim', () => {
    const { verdict, sentence } = from({ 1: 0.64, 2: 0.53, 3: 0.75 }, { 1: 0.6, 2: 0.5, 3: 0.7 }, null);
    expect(verdict).toBe('NO_CLAIM');
    expect(sentence).toContain(': the slide makes no claim here.');
  });
});
