import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { Prisma } from '../db.ts';
import { ApiError, busy, notFound } from '../errors.ts';
import { isWant } from '../limits/pool.ts';
import { WorkEnded } from '../limits/work.ts';
import { isBusy, mayPass, pause } from './persist.ts';

const prisma = (code: string) => new Prisma.PrismaClientKnownRequestError('It failed.', { code, clientVersion: '7' });
const within = (originalError: Error) => new GraphQLError('It failed.', { originalError });

it('want of connections is told from all else, whoever says so', () => {
  const wants = [
    busy(),
    new Error('Wrapped', { cause: busy() }),
    new Error(`Prisma says: ${busy().message}`),
    prisma('P2028'),
    prisma('P1001'),
  ];
  expect(wants.map(isBusy)).toEqual(wants.map(() => true));
  expect([new Error('syntax error'), prisma('P2002'), notFound('run', 'run_1')].map(isBusy)).toEqual([false, false, false]);
  const ofThePool = [
    new Error('timeout exceeded when trying to connect'),
    new Error('Connection terminated due to connection timeout'),
    Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  ];
  expect(ofThePool.map(isWant)).toEqual([true, true, true, true]);
  expect(isWant(Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' }))).toBe(false);
});

it('a statement that failed may pass, a refusal does not', () => {
  const passing = [new Error('Connection terminated unexpectedly'), prisma('P2010'), busy(), within(new Error('away')), within(busy())];
  expect(passing.map(mayPass)).toEqual(passing.map(() => true));
  const refusals = [notFound('run', 'run_1'), new ApiError('TOO_COMPLEX', 'Too much.'), within(notFound('run', 'run_1')), new WorkEnded()];
  expect(refusals.map(mayPass)).toEqual(refusals.map(() => false));
  expect(mayPass(new GraphQLError('A value does not fit its type.'))).toBe(false);
});

it('what fails eight times is given up', async () => {
  expect(await pause(new Error('A bug.'), 8)).toBe(false);
});
