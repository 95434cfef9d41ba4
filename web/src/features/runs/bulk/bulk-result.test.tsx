import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BulkResult } from './bulk-result.tsx';
import { resultWords } from './bulk-words.ts';

describe('what became of many runs', () => {
  it('is how many were done, of how many', () => {
    expect(resultWords('DELETE', 12, 12)).toBe('Deleted: 12 runs.');
    expect(resultWords('ARCHIVE', 10, 12)).toBe('Archived: 10 of 12 runs.');
    expect(resultWords('RETRY', 0, 1)).toBe('Queued again: 0 of 1 run.');
  });

  it('and of each of the others why not, with a way to it', () => {
    const outcomes = [
      { id: 'run_1', refusal: null },
      { id: 'run_2', refusal: 'Run run_2 has not ended; cancel it before archiving.' },
    ];
    const html = renderToStaticMarkup(<BulkResult result={{ action: 'ARCHIVE', outcomes }} onDismiss={() => {}} />);
    expect(html).toContain('Archived: 1 of 2 runs.');
    expect(html).toContain('Run run_2 has not ended');
    expect(html).toContain('href="/runs/run_2"');
    expect(html).not.toContain('href="/runs/run_1"');
  });
});
