import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';

const guide = path.resolve(import.meta.dirname, '../../../docs/guide/graphql.md');
const hasPython = spawnSync('python3', ['--version']).status === 0;

// The product needs no Python: where there is none, this is left out.
describe.skipIf(!hasPython)('the guide’s way into Python (skipped where there is no python3)', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);

  it('writes a row for each epoch and network of the runs that are named', async () => {
    const [, script = ''] = /```python\n([\s\S]*?)```/.exec(await readFile(guide, 'utf8')) ?? [];
    const trainer = await TestTrainer.join(rules.house);
    const [id = ''] = await schedule(rules.house, { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }] }, [7]);
    await trainer.commitTo(await trainer.claimOrFail(), [1, 2]);
    const python = (...ids: string[]) => {
      const env = { ...process.env, STUDYHALL_URL: suite.api.url, STUDYHALL_KEY: suite.api.key };
      const child = spawn('python3', ['-c', script, ...ids], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      return Promise.all([text(child.stdout), text(child.stderr)]);
    };
    const [written] = await python(id);
    const [head, ...rows] = written.trim().split(/\r?\n/);
    expect(head).toBe('label,seed,network,epoch,trainLoss,trainAccuracy,validationLoss,validationAccuracy');
    expect(rows.map((row) => row.split(',').slice(0, 4).join())).toEqual(
      ['0,1', '1,1', '0,2', '1,2'].map((place) => `Independent · cnn ×2 · 3 epochs,7,${place}`),
    );
    expect(await python('run_none')).toEqual(['', 'There is no run run_none.\n']);
  });
});
