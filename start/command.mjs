import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './place.mjs';

const tools = path.join(root, 'node_modules/.bin');
const windows = process.platform === 'win32';
const running = new Set();
process.on('exit', endCommands);

/** Runs a command, one of the installed tools by its name, to its end, quietly; what it said is shown if it fails. */
export function runQuietly(what, command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
      // A group of its own, so that its helpers can be ended with it.
      detached: !windows,
    });
    running.add(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-8000)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(said);
      else reject(new Error(`${what} failed (${signal ?? `exit code ${code}`}): ${command} ${args.join(' ')}\n${said.trim()}`));
    });
  });
}

/** Ends all commands under way, with the processes they started. */
export function endCommands() {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    if (windows) child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  }
}
