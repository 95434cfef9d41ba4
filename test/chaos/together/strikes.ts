import { setTimeout as delay } from 'node:timers/promises';
import type { S3Fate } from '../../../api/src/testing/s3.ts';
import type { Draws } from './draws.ts';
import type { Parts } from './parts.ts';

/** One thing that goes wrong, and is put right again before it resolves. */
export type Strike = { what: string; carryOut(): Promise<void> };

const signals = ['SIGKILL', 'SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const AWAY_MS = [100, 1500] as const;

/** What goes wrong next. */
export function drawStrike(parts: Parts, draws: Draws): Strike {
  const signal = draws.of(signals);
  const awayMs = draws.between(...AWAY_MS);
  const kinds = [
    () => strikeService('API', draws.next(), parts.apis, (api) => (signal === 'SIGKILL' ? api.kill() : api.stop(signal))),
    () => strikeService('trainer', draws.next(), parts.trainers, (trainer) => trainer.end(signal)),
    () => strikeService('trainer', draws.next(), parts.trainers, (trainer) => trainer.end(signal)),
    ...(parts.webs.length > 0 ? [() => strikeService('web server', draws.next(), parts.webs, (web) => web.end(signal))] : []),
    ...(parts.s3 ? [() => strikeStore()] : []),
  ] as const;
  return (kinds[Math.floor(draws.next() * kinds.length)] ?? kinds[0])();

  function strikeService<Part extends { restart(): unknown }>(
    name: string,
    chance: number,
    all: readonly Part[],
    end: (part: Part) => Promise<unknown>,
  ): Strike {
    const index = Math.floor(chance * all.length);
    const part = all[index];
    return {
      what: `${signal} to ${name} ${index + 1}, back after ${Math.round(awayMs)} ms`,
      carryOut: async () => {
        if (!part) return;
        await end(part);
        await delay(awayMs);
        await part.restart();
      },
    };
  }

  function strikeStore(): Strike {
    const fate = draws.of<S3Fate>(['broken', 503, 413]);
    return {
      what: `S3 answers ${fate} for ${Math.round(awayMs)} ms`,
      carryOut: async () => {
        if (!parts.s3) return;
        parts.s3.fate = ({ method }) => (method === 'PUT' ? fate : 'answered');
        await delay(awayMs);
        parts.s3.fate = () => 'answered';
      },
    };
  }
}

/** Postgres ends in good order, which cuts everybody off, and comes back. */
export function restartPostgres(parts: Parts): Strike {
  return {
    what: 'Postgres is restarted',
    carryOut: async () => {
      await parts.postgres.stop();
      await parts.postgres.revive();
    },
  };
}
