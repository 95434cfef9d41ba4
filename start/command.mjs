import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './place.mjs';

const tools = path.join(root, 'node_modules/.bin');

/** Runs a command, one of the installed tools by its name, to its end, quietly; what it said is shown if it fails. */
export function runQuietly(what, command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-8000)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${what} failed (${signal ?? `exit code ${code}`}): ${command} ${args.join(' ')}\n${said.trim()}`));
    });
  });
}
