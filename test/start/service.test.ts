import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasonIn } from '../../start/reason.mjs';
import { pauseAfter } from '../../start/service.mjs';
import { runInStart } from './starter.ts';

describe('the reason for an end, of what a program printed last,', () => {
  it.each([
    [
      'an error that nobody caught',
      `node:internal/modules/run_main:123\n    triggerUncaughtException(\n    ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find package 'tsx' imported from /a/\n    at packageResolve (node:internal/modules/esm/resolve:873:9)\n    at defaultResolve {\n  code: 'ERR_MODULE_NOT_FOUND'\n}\n\nNode.js v20.20.2\n`,
      "Cannot find package 'tsx' imported from /a/",
    ],
    [
      'an error with a cause',
      `/a/b.ts:3\nthrow new RangeError('too far');\n      ^\n\nRangeError: too far\n    at b (/a/b.ts:3:7) {\n  [cause]: Error: deeper\n      at c\n}\n\nNode.js v20.20.2`,
      'RangeError: too far',
    ],
    [
      'what our own programs say',
      'The API did not start. Port 4000 on 127.0.0.1 is taken.\n',
      'The API did not start. Port 4000 on 127.0.0.1 is taken.',
    ],
    [
      'a line of its own',
      '09:42:08.721 left the fleet\nno token: give --token or STUDYHALL_TOKEN\n',
      'no token: give --token or STUDYHALL_TOKEN',
    ],
    [
      'a log of JSON',
      '{"level":30,"msg":"ready"}\n{"level":60,"err":{"message":"gone"},"msg":"The database ended:"}\n',
      'The database ended: gone',
    ],
    ['the last of several ends', 'Error: first\n    at a\n\nNode.js v20.20.2\nError: second\n    at b\n\nNode.js v20.20.2\n', 'second'],
    ['nothing', '\n', ''],
  ])('is %s', (_, printed, reason) => {
    expect(reasonIn(printed)).toBe(reason);
  });

  it('is not the line at which a signal interrupted it, but what its runtime said of that', () => {
    expect(reasonIn('10:00 left the fleet\n{"level":30,"msg":"The API is ready."}\n', { bySignal: true })).toBe('');
    const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(
      reasonIn(`<--- Last few GCs --->\n\n${heap}\n----- Native stack trace -----\n 1: 0xaaa node::Abort() [node]\n`, { bySignal: true }),
    ).toBe(heap);
  });
});

describe('a service that ends', () => {
  it('is waited for ever longer, up to five minutes, however long it took to fail', () => {
    expect([1, 2, 3, 4, 5].map((failures) => pauseAfter(failures))).toEqual([1000, 2000, 4000, 8000, 16_000]);
    expect(pauseAfter(100)).toBe(300_000);
  });

  it('again and again is said to be unable to run, with its reason in one line, and ends nothing else', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'studyhall-service-'));
    const script = path.join(home, 'broken.mjs');
    await writeFile(script, "console.error('It begins.');\nthrow new Error('the token is missing');\n");
    const { code, said } = await runInStart(
      home,
      `const { Service } = await start('service.mjs');
       const told = [];
       const service = new Service('trainer', [${JSON.stringify(script)}], {}, {
         onChange: () => {},
         tell: (line) => { console.log(line); if (told.push(line) === 4) service.stop(1000).then(() => process.exit(0)); },
         firstPauseMs: 5,
       });
       service.start();`,
    );
    expect(code).toBe(0);
    const why = '(exit code 1: the token is missing)';
    const lines = said.trim().split('\n');
    expect(lines.slice(0, 3).every((line) => line.startsWith(`The trainer ended ${why}; it starts again in `))).toBe(true);
    expect(lines[3]).toMatch(
      `The trainer cannot run ${why}. The rest serves on; it is tried again in 0.04 s. Log: ${home}/logs/trainer.log`,
    );
    expect(await readFile(path.join(home, 'logs', 'trainer.log'), 'utf8')).toContain(`The trainer cannot run ${why}`);
    await rm(home, { recursive: true });
  });
});
