import { expect, it } from 'vitest';
import { brieflyOf } from './briefly.ts';

it('networks go by what tells them apart; where nothing does, by their names', () => {
  const briefly = brieflyOf(['DML · cnn, seed 2, network 1', 'DML · cnn, seed 2, network 10']);
  expect(briefly('Loss between DML · cnn, seed 2, network 10 and DML · cnn, seed 2, network 1')).toBe(
    'Loss between network 10 and network 1',
  );
  expect(brieflyOf(['DML, network 0'])('DML, network 0 and its permuted copy')).toBe('DML, network 0 and its permuted copy');
});
