import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openHome } from './home.ts';

it('a home keeps its key and admits one trainer at a time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-home-'));
  const first = await openHome(folder);
  await expect(openHome(folder)).rejects.toThrow(`another trainer already works in ${folder}; stop it, or give this one its own folder`);
  await first.release();
  const second = await openHome(folder);
  expect(second.key).toBe(first.key);
  await second.release();
  await rm(folder, { recursive: true });
});
