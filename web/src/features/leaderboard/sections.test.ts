import { describe, expect, it } from 'vitest';
import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';
import { intoSections, sectionWords } from './sections.ts';

type Facts = Partial<Pick<Row, 'groupKey' | 'trainSamples' | 'labelledFraction' | 'withheldClasses' | 'n'>>;

const row = (facts: Facts, hash = 'sha256:1a2b3c4d5e'): Row =>
  ({
    groupKey: 'g',
    trainSamples: 1800,
    labelledFraction: 1,
    withheldClasses: [],
    n: 3,
    ...facts,
    dataset: { id: `dataset_${hash}`, name: 'shapes 16', hash },
  }) as unknown as Row;

describe('parts of the leaderboard', () => {
  it('keep apart what was trained on other images, labels or classes', () => {
    const rows = [
      row({}),
      row({ labelledFraction: 0.1 }),
      row({ withheldClasses: [3] }),
      row({ withheldClasses: [3, 7] }),
      row({ labelledFraction: 0.1, withheldClasses: [3] }),
      row({ trainSamples: 900 }),
      row({}, 'sha256:ffffffffff'),
      row({ labelledFraction: 0.1 }),
    ];
    const sections = intoSections(rows);
    expect(sections.map(({ rows }) => rows.length)).toEqual([1, 2, 1, 1, 1, 1, 1]);
    expect(sections.map(({ id }) => id)).toEqual([
      'shapes-16-1a2b3c4d-1800',
      'shapes-16-1a2b3c4d-1800-labelled-0.1',
      'shapes-16-1a2b3c4d-1800-without-3',
      'shapes-16-1a2b3c4d-1800-without-3-7',
      'shapes-16-1a2b3c4d-1800-labelled-0.1-without-3',
      'shapes-16-1a2b3c4d-900',
      'shapes-16-ffffffff-1800',
    ]);
  });

  it('say what theirs are', () => {
    const words = (facts: Facts) => sectionWords(row(facts));
    expect(words({})).toBe('1,800 training images');
    expect(words({ labelledFraction: 0.1 })).toBe('1,800 training images, 10 % labelled');
    expect(words({ withheldClasses: [3] })).toBe('1,800 training images, without class 3');
    expect(words({ labelledFraction: 0.125, withheldClasses: [3, 7] })).toBe(
      '1,800 training images, 12.5 % labelled, without classes 3, 7',
    );
    expect(words({ withheldClasses: Array.from({ length: 50 }, (_, label) => label) })).toBe('1,800 training images, without 50 classes');
  });

  it('show a group that has no result yet once', () => {
    const waiting = [row({ groupKey: 'w', n: 0 }), row({ groupKey: 'w', n: 0 }), row({ groupKey: 'v', n: 0 })];
    expect(intoSections(waiting)[0]?.rows).toHaveLength(2);
  });
});
