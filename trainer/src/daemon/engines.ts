import { fork } from 'node:child_process';
import { ownProgram } from '../../../start/machine/program.mjs';

/**
 * The engines that work on this machine, fastest first. A process of its own finds out: that loads TensorFlow.js and native libraries,
 * for which a daemon that lives for months has no use.
 *
 * @throws Error with what that process wrote, if it died.
 */
export function findEngines(): Promise<string[]> {
  const { file, execArgv } = ownProgram(new URL('./probe-engines.ts', import.meta.url));
  const probe = fork(file, [], {
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  probe.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    probe.on('message', (engines: string[]) => resolve(engines));
    probe.on('error', reject);
    probe.on('close', (code, signal) => reject(new Error(`trying the engines failed (${signal ?? `exit code ${code}`}):\n${stderr}`)));
  });
}
