import { expect, it } from 'vitest';
import { fileName } from './file-name.ts';
import { seriesCsv } from './series-csv.ts';

it('a chart’s table has a row for each x of any line; a band its ends, absent values are empty', () => {
  const one = {
    key: 'a',
    name: 'a, b',
    colour: '--series-1',
    points: [
      [2, 0.25],
      [1, 0.5],
    ],
    band: [[1, 0.4, 0.6]],
  } as const;
  const other = { key: 'c', name: 'c', colour: '--series-2', points: [[3, 1]] } as const;
  expect(seriesCsv('epoch', [one, other])).toBe(
    ['epoch,"a, b","a, b, low","a, b, high",c', '1,0.5,0.4,0.6,', '2,0.25,,,', '3,,,,1', ''].join('\r\n'),
  );
});

it('a file is named by words of any script, with nothing that a path could be', () => {
  expect(fileName('run_1', 'Top-5 accuracy, %')).toBe('run_1-top-5-accuracy');
  expect(fileName('Größe/../σ = 1')).toBe('größe-..-σ-1');
});
