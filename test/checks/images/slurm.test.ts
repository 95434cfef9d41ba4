import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { root } from '../../../start/place.mjs';
import { readDuration } from '../../../trainer/src/duration.ts';
import { unread } from './variables.ts';

const file = path.join(root, 'docker/slurm/trainers.sbatch');
const text = await readFile(file, 'utf8');

describe('the Slurm file', () => {
  it('is a script that bash takes', async () => {
    await expect(promisify(execFile)('bash', ['-n', file])).resolves.toMatchObject({ stderr: '' });
  });

  it('asks for an array that is queued again, and is told two minutes before its end, by srun', () => {
    const asked = Object.fromEntries([...text.matchAll(/^#SBATCH --([\w-]+)(?:=(\S+))?$/gm)].map(([, name, value = '']) => [name, value]));
    expect(asked).toMatchObject({ array: expect.stringMatching(/^\d+-\d+$/), requeue: '', signal: 'TERM@120' });
    expect(text).toMatch(/^export STUDYHALL_HOME=.*\$SLURM_ARRAY_JOB_ID-\$SLURM_ARRAY_TASK_ID"$/m);
  });

  it('starts the trainer with options and variables that it reads', async () => {
    const [, program = '', options = ''] = /^srun node (\S+) join (.+)$/m.exec(text) ?? [];
    expect(program !== '' && existsSync(path.join(root, program))).toBe(true);
    const main = await readFile(path.join(root, 'trainer/src/main.ts'), 'utf8');
    for (const [, name, value = ''] of options.matchAll(/--([\w-]+) (\S+)/g)) {
      expect(main).toContain(`'${name}': { type`);
      expect(readDuration(name ?? '', value)).toBe(600_000);
    }
    expect(await unread(new Set(text.match(/STUDYHALL_\w+/g)), 'trainer')).toEqual([]);
  });
});
