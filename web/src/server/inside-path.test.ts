import { expect, it } from 'vitest';
import { insidePath } from './inside-path.ts';

it('who signs in goes back to a page of ours, and to no other', () => {
  expect(insidePath('/runs?state=RUNNING')).toBe('/runs?state=RUNNING');
  for (const elsewhere of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/.//evil.example',
    '',
    null,
    'runs',
  ])
    expect(insidePath(elsewhere), String(elsewhere)).toBe('/');
});
