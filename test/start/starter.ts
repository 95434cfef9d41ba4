import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs statements of JavaScript that import from start/ as `start`, on a data folder of their own. What they printed, and the exit code. */
export function runInStart(
  home: string,
  statements: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; said: string }> {
  const script = `const start = (file) => import(${JSON.stringify(`${root}/start/`)} + file);\n${statements}`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, STUDYHALL_HOME: home, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}
