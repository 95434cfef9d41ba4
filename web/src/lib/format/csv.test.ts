import { expect, it } from 'vitest';
import { csv } from './csv.ts';

it('writes rows that any spreadsheet reads back', () => {
  expect(
    csv([
      ['class', 'count'],
      ['pear, "green"', 0.1],
      ['none', null],
    ]),
  ).toBe('class,count\r\n"pear, ""green""",0.1\r\nnone,\r\n');
});
