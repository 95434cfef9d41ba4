import { describe, expect, it } from 'vitest';
import { begin, changes, conflicts, follow, keepMine, restoreEdits, take, write } from './edits.ts';

const saved = { note: 'Odd.', tags: 'a' };
const mine = write(begin(saved), 'note', 'Odd, since the seed is.');

describe('edits', () => {
  it('send what was changed, and nothing else', () => {
    expect(changes(begin(saved))).toEqual({});
    expect(changes(mine)).toEqual({ note: 'Odd, since the seed is.' });
    expect(changes(write(mine, 'note', 'Odd.'))).toEqual({});
  });

  it('follow what is saved elsewhere in fields that were not touched', () => {
    const elsewhere = { note: 'Odd.', tags: 'a, b' };
    const now = follow(mine, elsewhere);
    expect(now.mine).toEqual({ note: 'Odd, since the seed is.', tags: 'a, b' });
    expect([changes(now), conflicts(mine, elsewhere)]).toEqual([{ note: 'Odd, since the seed is.' }, []]);
  });

  it('stay where the same field was saved elsewhere, until one chooses', () => {
    const elsewhere = { note: 'Fine.', tags: 'a' };
    expect(follow(mine, elsewhere)).toEqual(mine);
    expect(conflicts(mine, elsewhere)).toEqual(['note']);
    const kept = keepMine(mine, 'note', 'Fine.');
    expect([conflicts(kept, elsewhere), changes(kept)]).toEqual([[], { note: 'Odd, since the seed is.' }]);
    const taken = take(mine, 'note', 'Fine.');
    expect([conflicts(taken, elsewhere), changes(taken)]).toEqual([[], {}]);
    // Saved once more: chosen was between the texts seen then.
    expect(conflicts(kept, { note: 'Good.', tags: 'a' })).toEqual(['note']);
  });

  it('are done where somebody saved the very same text', () => {
    const elsewhere = { note: 'Odd, since the seed is.', tags: 'a' };
    expect([conflicts(mine, elsewhere), changes(follow(mine, elsewhere))]).toEqual([[], {}]);
  });

  it('come back from where they were kept, beside what is saved by then', () => {
    const kept = JSON.parse(JSON.stringify(mine));
    expect(restoreEdits(saved, kept)).toEqual(mine);
    expect(conflicts(restoreEdits({ note: 'Fine.', tags: 'a' }, kept) ?? mine, { note: 'Fine.', tags: 'a' })).toEqual(['note']);
    expect(restoreEdits({ note: 'Odd, since the seed is.', tags: 'z' }, kept)).toBeNull();
  });

  it.each([null, 3, {}, { base: 1, mine: 2 }, { base: { note: 3 }, mine: { note: 'x' } }, { base: { words: 'a' }, mine: { words: 'b' } }])(
    'are none where what was kept is none: %j',
    (kept) => expect(restoreEdits(saved, kept)).toBeNull(),
  );
});
