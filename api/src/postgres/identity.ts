import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { postgresEnvironment } from './environment.ts';

const run = promisify(execFile);

/** User and group that Postgres runs as; empty: our own (Postgres refuses to run as root). */
export type Identity = { uid?: number; gid?: number };

/** As root: who owns the data that is there, else user `postgres` or `nobody`, whichever exists. Otherwise nothing changes. */
export async function postgresIdentity(dataFolder: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
    if (ids) return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
  }
  throw new Error(
    'Postgres may not run as root, and there is neither a user "postgres" nor "nobody" here: start Studyhall as another user, or set DATABASE_URL to a Postgres.',
  );
}

/**
 * Runs a program of Postgres that asks which account it runs under: initdb, or the server in single-user mode. Under a user id that has
 * none (`docker run --user 1234`, OpenShift) it is run in a user namespace, where that is allowed, in which the id is that of `nobody`.
 *
 * @throws with what the program said; where there is no account, with what to do.
 */
export async function runWithAccount(program: string, args: string[], identity: Identity, input = ''): Promise<string> {
  try {
    return await feed(program, args, identity, input);
  } catch (error) {
    if (!/could not look up effective user ID/.test(saidBy(error))) throw error;
    const mapped = ['--user', `--map-user=${await uidOfNobody()}`, program, ...args];
    return await feed('unshare', mapped, identity, input).catch((again) => {
      // The namespace was there, and the program had another reason.
      if (/^(initdb|postgres|PANIC|FATAL)/m.test(saidBy(again))) throw again;
      throw new Error(withoutAccount(identity.uid ?? process.getuid?.() ?? 0), { cause: error });
    });
  }
}

/** What a program that failed said. */
export function saidBy(error: unknown): string {
  const { stderr, message } = error as Error & { stderr?: string };
  return stderr?.trim() || message;
}

async function feed(program: string, args: string[], identity: Identity, input: string): Promise<string> {
  const running = run(program, args, { ...identity, env: postgresEnvironment, cwd: '/' });
  running.child.stdin?.on('error', () => undefined).end(input);
  const { stdout, stderr } = await running;
  return `${stdout}${stderr}`;
}

async function uidOfNobody(): Promise<string> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return /^nobody:[^:]*:(\d+):/m.exec(accounts)?.[1] ?? '65534';
}

const withoutAccount = (uid: number) =>
  `User id ${uid} has no account on this machine, and Postgres makes no database without one. Run Studyhall as a user that exists (docker run --user node), ` +
  `or let root add one: echo "studyhall:x:${uid}:0::/:/bin/false" >> /etc/passwd. Or set DATABASE_URL to a Postgres of yours.`;
