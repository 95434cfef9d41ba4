import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, inject, it } from 'vitest';
import { builtFile, ownProgram, programOf } from '../../start/machine/program.mjs';
import { ensureProgramsBuilt } from '../../start/programs.mjs';

const run = promisify(execFile);
const version = inject('programs');

it('programs are built once for the same sources', async () => {
  const written = async () => (await stat(builtFile('api/src/main.ts', version))).mtimeMs;
  const before = await written();
  expect(await ensureProgramsBuilt()).toBe(version);
  expect(await written()).toBe(before);
});

it('a built program lies in its own workspace; one that runs from its source starts others from theirs', () => {
  expect(programOf('trainer/src/daemon/child.ts', 'v1').file).toMatch(/trainer.build.v1.src.daemon.child\.mjs$/);
  const own = ownProgram(new URL('../../trainer/src/daemon/child.ts', import.meta.url));
  expect(own.file).toMatch(/trainer.src.daemon.child\.ts$/);
  expect(own.execArgv).toContain(import.meta.resolve('tsx'));
});

it('a built program starts its children from the same build', async () => {
  const { file, execArgv } = programOf('trainer/src/main.ts', version);
  const failed = await run(process.execPath, [...execArgv, file, 'bench', '--engine', 'none']).catch((error) => error);
  // Said by the child, which says it as its source does.
  expect(failed).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('"none" is not a valid engine name; allowed: auto, compiled-cuda'),
  });
  expect(execArgv.join(' ')).not.toContain('tsx');
});
