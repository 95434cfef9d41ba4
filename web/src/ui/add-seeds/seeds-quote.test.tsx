import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { SeedsPlanFieldsFragment } from '@/generated/graphql.ts';
import { SeedsQuote, timeWords } from './seeds-quote.tsx';

const plan: SeedsPlanFieldsFragment = {
  seeds: [3, 4],
  runCount: 3,
  seconds: 130,
  slots: 2,
  ahead: 0,
  runs: [
    { groupKey: 'a', label: 'DML · cnn ×2', role: 'GROUP', seeds: [4] },
    { groupKey: 'b', label: 'Independent · cnn ×2', role: 'TWIN', seeds: [3, 4] },
  ],
  leftOut: [{ seed: 2, reason: 'Run run_2 failed: retry it, or delete it.' }],
  expected: [],
} as SeedsPlanFieldsFragment;

describe('what adding seeds costs', () => {
  it('names each side with its seeds, and what was passed over with the reason', () => {
    const said = renderToStaticMarkup(<SeedsQuote plan={plan} />).replace(/<[^>]+>/g, ' ');
    expect(said).toMatch(/DML · cnn ×2\s+seed 4\s+Independent · cnn ×2\s+, the independent twin\s+seeds 3, 4/);
    expect(said).toMatch(/seed\s+2\s*:\s+Run run_2 failed/);
  });

  it('is said in time, with what stands before it; of what was never measured, or cannot run now, it says that', () => {
    expect(timeWords(plan)).toBe('About 2 min 10 s, 2 runs at once.');
    expect(timeWords({ seconds: 40, slots: 1, ahead: 3 })).toBe('About 40 s, after 3 runs queued already.');
    expect(timeWords({ seconds: null, slots: 1, ahead: 1 })).toMatch(/^How long they take is not known.*, after the run queued already\.$/);
    expect(timeWords({ seconds: 40, slots: 0, ahead: 0 })).toMatch(/^No trainer is online/);
  });
});
