import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('without options: ten minutes, four networks, one of them also in float16, in two batch sizes', () => {
  const { seconds, rows, rounds } = readOptions([]);
  expect([seconds, rounds]).toEqual([600, 5]);
  expect(rows.map(({ name, batch }) => `${name} ${batch}`)).toEqual(
    [64, 512].flatMap((batch) =>
      ['resnet-8', 'resnet-20', 'dml-2-resnet-32', 'wrn-16-2', 'wrn-16-2-float16'].map((name) => `${name} ${batch}`),
    ),
  );
});

it('what is wrong is named with what would be right', () => {
  expect(() => readOptions(['--only', 'resnet-9'])).toThrow('no row resnet-9; there are resnet-8, resnet-20, dml-2-resnet-32, wrn-16-2');
  expect(() => readOptions(['--batch', '63'])).toThrow('--batch 63: there are 64 and 512');
  expect(() => readOptions(['--minutes', '0'])).toThrow('--minutes 0: a number above 0 is wanted');
  expect(() => readOptions(['--rounds', '1.5'])).toThrow('--rounds 1.5: a whole number is wanted');
  expect(() => readOptions(['--bring', '--no-bring'])).toThrow('only one of them');
});
