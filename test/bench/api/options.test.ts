import { expect, it } from 'vitest';
import { pythonWithMlflow } from './mlflow.ts';
import { readOptions } from './options.ts';

it('fills a house of 10,000 runs with two million epoch rows, a larger one with ten epochs of each network', () => {
  expect(readOptions([])).toMatchObject({ runs: 10_000, epochs: 100, subscribers: 1000, viewers: [40, 200], trainers: 8 });
  expect(readOptions(['--runs', '100000'])).toMatchObject({ epochs: 10 });
  expect(readOptions(['--runs', '15'])).toMatchObject({ epochs: 100 });
});

it.each([
  [['--runs', 'many'], '--runs many: a whole number from 15 to 1000000 is wanted'],
  [['--runs', '3'], '--runs 3: a whole number from 15'],
  [['--seconds', '0'], '--seconds 0: a number from 0.1 to 600'],
  [['--seconds', ''], '--seconds : a number'],
  [['--viewers', '40,'], '--viewers : a whole number'],
  [['--subscribers', '1e3'], '--subscribers 1e3: a whole number'],
  [['--only', 'rows,boards'], '--only boards: there is no such part; there are leaderboard, rows'],
  [['--run', '3'], "'--run'"],
])('refuses %j with what would be right', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

it('wants the Python it is given to have MLflow', () => {
  expect(() => pythonWithMlflow('/no/python')).toThrow('--python /no/python: a Python that can import mlflow, psycopg2 is wanted');
});
