import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PresetProgress } from './preset-progress.tsx';
import type { Group } from './use-system.ts';

type Told = { seed: number; state: string; epochsDone?: number; reason?: string; counts?: boolean };

const group = (title: string, ...runs: Told[]) =>
  ({
    title,
    seeds: [1, 2, 3],
    runs: runs.map((run) => ({ id: `run_${run.seed}`, epochs: 10, epochsDone: 0, progress: null, reason: null, counts: true, ...run })),
  }) as unknown as Group;

const progress = (...groups: Group[]) => renderToStaticMarkup(<PresetProgress groups={groups} runCount={4} />).replaceAll('<!-- -->', '');
const wordsOf = (html: string) => html.replace(/<[^>]*>/g, '');

describe('how far a preset is', () => {
  it('says nothing before anything was scheduled, and nothing once all has succeeded', () => {
    expect(progress(group('DML'))).toBe('');
    expect(progress(group('DML', { seed: 1, state: 'SUCCEEDED' }))).toBe('');
  });

  it('counts what has succeeded, and half a run as half', () => {
    const html = progress(group('DML', { seed: 1, state: 'SUCCEEDED' }), group('Alone', { seed: 1, state: 'RUNNING', epochsDone: 5 }));
    expect(html).toContain('aria-label="1 of 4 runs done"');
    expect(html).toContain('aria-valuenow="38"');
    expect(wordsOf(html)).toContain('now Alone, seed 1');
  });

  it('says which failed and why, also once nothing runs any more', () => {
    const html = progress(group('DML', { seed: 2, state: 'FAILED', reason: 'out of memory', counts: false }));
    expect(html).not.toContain('progressbar');
    expect(html).toContain('href="/runs/run_2"');
    expect(wordsOf(html)).toBe('DML, seed 2 failed: out of memory');
  });
});
