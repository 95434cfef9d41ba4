import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { WorkEnded } from './limits/work.ts';
import { Seldom } from './seldom.ts';

/**
 * A promise that failed with nobody waiting for it is a fault of ours, or a library's, but ends nothing: all others would pay for it.
 * graphql-js forgets those of a list's items that come before one which is refused at once; refusals are not worth a line.
 */
export function outliveForgottenPromises(log: Logger): void {
  const seldom = new Seldom();
  process.on('unhandledRejection', (error) => {
    if (error instanceof GraphQLError || error instanceof WorkEnded) return;
    seldom.say(String(error), (times) => log.error({ err: error, times }, 'A promise failed that nobody waited for.'));
  });
}
