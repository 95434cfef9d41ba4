import { spawn } from 'node:child_process';
import path from 'node:path';
import { missingFolders } from './machine/folders.mjs';
import { undebugged } from './machine/node-options.mjs';
import { onEndSignals } from './machine/signals.mjs';
import { home, root } from './place.mjs';

const windows = process.platform === 'win32';
const tools = path.join(root, 'node_modules/.bin');
/** How long commands may take to end once they were told to. */
const patienceMs = 5000;
const running = new Set();
let listening = false;
process.on('exit', () => signalAll('SIGKILL'));

/**
 * Where commands are looked for: the installed tools, then beside this very Node, whose version they then run with.
 *
 * @param {string | undefined} others the PATH there is, if there is one
 */
export const commandPath = (others) => [tools, path.dirname(process.execPath), others].filter(Boolean).join(path.delimiter);

/** Runs a command, one of the installed tools by its name, to its end, quietly; what it said is shown if it fails. */
export async function runQuietly(what, command, args, env = {}) {
  const own = undebugged(process.env);
  const given = { ...own, ...missingFolders(own, home, { writing: true }), PATH: commandPath(own.PATH), ...env };
  const { code, how, said } = await run(command, args, given);
  if (code === 0) return said;
  throw new Error(`${what} failed (${how}): ${command} ${args.join(' ')}\n${said.trim()}`);
}

function run(command, args, env) {
  endWithUs();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
      // A group of its own, so that its helpers can be ended with it.
      detached: !windows,
    });
    running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-8000)));
    child.on('error', (error) => {
      running.delete(child);
      const missing = error.code === 'ENOENT' ? `there is no program "${command}" in PATH` : error.message;
      reject(new Error(`${command} could not be started: ${missing}`, { cause: error }));
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, how: signal ?? `exit code ${code}`, said });
    });
  });
}

/** Ends all commands under way, with the processes they started; resolves when they are gone. */
export async function endCommands() {
  const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  signalAll('SIGTERM');
  const force = setTimeout(() => signalAll('SIGKILL'), patienceMs);
  await Promise.all(ended);
  clearTimeout(force);
}

/** Commands have groups of their own, which a terminal does not reach: where nobody else listens for signals, they end with this process. */
function endWithUs() {
  if (listening) return;
  listening = true;
  const stop = onEndSignals(async (signal) => {
    if (process.listenerCount(signal) > 1) return;
    await endCommands();
    stop();
    process.kill(process.pid, signal);
  });
}

function signalAll(signal) {
  for (const child of running) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
    try {
      if (windows) child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // It ended just now.
    }
  }
}
