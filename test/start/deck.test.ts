import { spawn } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestTrainer } from '../../api/src/testing/fleet.ts';
import { useApi } from '../../api/src/testing/suite.ts';

const script = path.resolve(import.meta.dirname, '../../start/deck.mjs');

type Outcome = { code: number | null; printed: string; complained: string };

function run(args: string[], env: Record<string, string>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { env: { ...process.env, ...env } });
    let [printed, complained] = ['', ''];
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (complained += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, printed, complained }));
  });
}

describe('npm run deck', () => {
  const suite = useApi();
  const here = (args: string[]) => run(args, { STUDYHALL_HOME: suite.api.home, STUDYHALL_API_URL: suite.api.url });

  it('schedules the tiny presets, each shared run once, and says where to watch them', async () => {
    await TestTrainer.join(suite.api);
    const first = await here(['mutual', 'accuracy-curve']);
    expect(first).toMatchObject({ code: 0, complained: '' });
    expect(first.printed).toMatch(/mutual +6 runs scheduled, 0 shared\naccuracy-curve +0 runs scheduled, 6 shared\n/);
    expect(first.printed).toContain('6 runs scheduled, 6 times one that exists already is shared.');
    expect(first.printed).toContain('/deck');
    const { runs } = await suite.api.get<{ runs: { totalCount: number } }>('{ runs { totalCount } }');
    expect(runs.totalCount).toBe(6);
    // The address as people type it, and as it stands in the browser.
    expect(await here(['mutual', '--api', `${new URL(suite.api.url).host}/graphql`])).toMatchObject({ code: 0, complained: '' });
  });

  it('schedules every tiny preset if none is named', async () => {
    type Preset = { runCount: number; counts: { total: number } };
    const all = await here([]);
    expect(all).toMatchObject({ code: 0, complained: '' });
    const { deckSystems } = await suite.api.get<{ deckSystems: { slug: string; preset: Preset }[] }>(
      '{ deckSystems { slug preset(scale: TINY) { runCount counts { total } } } }',
    );
    for (const { slug, preset } of deckSystems) {
      expect(all.printed, slug).toMatch(new RegExp(`^${slug} +\\d+ runs scheduled, \\d+ shared$`, 'm'));
      expect(preset.counts.total, slug).toBe(preset.runCount);
    }
    expect((await here([])).printed).toMatch(/^0 runs scheduled, \d+ times/m);
  });

  it('says what cannot be scheduled, and why', async () => {
    const small = await here(['mutual', '--scale', 'small']);
    expect(small.code).toBe(1);
    expect(small.complained).toContain('mutual  not scheduled: No trainer has announced the dataset "fashion-mnist"');
    expect((await here(['mutal'])).complained).toContain('There is no system "mutal" in the deck; there are: baseline-kd, ');
    expect((await here(['mutual', '--scale', 'huge'])).complained).toBe('--scale is "huge"; there are: tiny, small, paper\n');
  });

  it('names what is missing: a running Studyhall, a key', async () => {
    const none = await run([], { STUDYHALL_HOME: suite.api.home, STUDYHALL_API_URL: 'http://127.0.0.1:9' });
    expect(none).toMatchObject({ code: 1, complained: expect.stringContaining('start Studyhall first (npm start)') });
    const keyless = await run([], { STUDYHALL_HOME: path.join(suite.api.home, 'nowhere'), STUDYHALL_API_URL: suite.api.url });
    expect(keyless).toMatchObject({ code: 1, complained: expect.stringContaining('No key lies in ') });
  });
});
