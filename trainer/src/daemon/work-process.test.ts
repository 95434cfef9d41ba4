import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Progress } from '../work/work.ts';
import type { ToChild } from './messages.ts';
import { type WorkEvents, WorkProcess } from './work-process.ts';

const entry = new URL('./testing/child.ts', import.meta.url);

async function start(behaviour: string, events: Partial<WorkEvents> = {}, stallSeconds = 60, engine = 'reference', child = entry) {
  const listening: WorkEvents = { report: async () => undefined, log: async () => undefined, progress: () => undefined, ...events };
  const process = new WorkProcess(child, 'test');
  const workDir = await mkdtemp(`${tmpdir()}/studyhall-process-`);
  const message: Extract<ToChild, { type: 'start' }> = {
    type: 'start',
    kind: 'TRAIN',
    workDir,
    engine,
    threads: 1,
    job: { spec: behaviour, seed: 0, checkpointEvery: 1, teachers: [], workDir },
  };
  return { process, end: process.work(message, stallSeconds, listening) };
}

describe('a process that does a job', () => {
  it('goes on only once its report is stored, and ends with its result', async () => {
    const stored: string[] = [];
    const { end } = await start('finish', {
      report: async (report) => {
        stored.push(report.type);
      },
    });
    expect(await end).toMatchObject({ kind: 'finished' });
    expect(stored).toEqual(['part']);
  });

  it('that dies by a signal has failed, with its last words and what they mean', async () => {
    const { end } = await start('abort');
    expect(await end).toMatchObject({
      kind: 'failed',
      error: expect.stringMatching(/killed by SIGABRT\. It ran out of memory .*smaller batch.*Its last words:\n.*std::bad_alloc/s),
    });
  });

  it('that throws where nobody catches has failed with what it threw; the stack is in the log', async () => {
    const lines: string[] = [];
    const { end } = await start('throw', {
      log: async (level, text) => {
        lines.push(`${level} ${text}`);
      },
    });
    const ended = await end;
    expect(ended).toMatchObject({ kind: 'failed', error: expect.stringMatching(/exit code 1.*a fault of its own/s) });
    expect(JSON.stringify(ended)).not.toContain('    at ');
    expect(lines).toEqual([expect.stringMatching(/^ERROR .*a fault of its own\n +at /s)]);
  });

  it('whose engine does not start has failed with what that needs', async () => {
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '');
    const { end } = await start('any', {}, 60, 'compiled-cuda', new URL('./child.ts', import.meta.url));
    vi.unstubAllEnvs();
    expect(await end).toMatchObject({
      kind: 'failed',
      error: expect.stringMatching(/^compiled-cuda (is not installed|does not start here).*NVIDIA GPU, CUDA 12.*cuda12 node/s),
      permanent: false,
    });
  });

  it('that gives no sign for the stall time is killed', async () => {
    const { end } = await start('stall', {}, 0.3);
    expect(await end).toMatchObject({ kind: 'failed', error: expect.stringContaining('No progress for 0.3 s') });
  });

  it('that works for longer than the stall time is left alone, for every batch of anything is a sign', async () => {
    const { end } = await start('workOn', {}, 3);
    expect(await end).toMatchObject({ kind: 'finished' });
  });

  it('that worked and hangs now is killed', async () => {
    const { end } = await start('workThenHang', {}, 1);
    expect(await end).toMatchObject({ kind: 'failed', error: expect.stringContaining('No progress for 1 s') });
  });

  it('whose report takes long to be stored is not held to have stalled: it is the one that waits', async () => {
    const { end } = await start('finish', { report: () => delay(4000) }, 3);
    expect(await end).toMatchObject({ kind: 'finished' });
  });

  it('stops when told to', async () => {
    let begun: (progress: Progress) => void = () => undefined;
    const running = new Promise<Progress>((resolve) => {
      begun = resolve;
    });
    const { process, end } = await start('untilStopped', { progress: (progress) => begun(progress) });
    expect(await running).toMatchObject({ epoch: 1, step: 1 });
    process.stop('cancelled');
    expect(await end).toEqual({ kind: 'stopped' });
  });

  it('takes no notice of what a terminal sends to all its processes: its daemon says what that means', async () => {
    let begun: (progress: Progress) => void = () => undefined;
    const progress = () => new Promise<Progress>((resolve) => (begun = resolve));
    const first = progress();
    const { process: training, end } = await start('untilStopped', { progress: (progress) => begun(progress) });
    await first;
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.kill(training.pid ?? 0, signal);
    await progress();
    await progress();
    training.stop('handed back');
    expect(await end).toEqual({ kind: 'stopped' });
  });

  it('is killed when its reports cannot be stored, and says why', async () => {
    const { end } = await start('finish', {
      report: async () => {
        throw new Error('no space left');
      },
    });
    await expect(end).rejects.toThrow('no space left');
  });
});
