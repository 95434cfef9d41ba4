import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withLargePages } from './large-pages.ts';

/** What the kernel gives to those who ask. */
const PAGES = '/sys/kernel/mm/transparent_hugepage/enabled';
const isGiven = existsSync(PAGES) && /\[(always|madvise)\]/.test(readFileSync(PAGES, 'utf8')) && existsSync('/etc/debian_version');
if (!isGiven) console.warn('SKIPPED: this kernel gives nobody large pages, or this is another C library: that they are got is not tested');

/** Allocates 64 MB outside V8's own memory, writes them and prints how many kB of its memory lie in large pages. */
const PROGRAM = `
  const memory = Buffer.allocUnsafeSlow(64 << 20).fill(1);
  console.log(/AnonHugePages: +(\\d+)/.exec(require('fs').readFileSync('/proc/self/smaps_rollup', 'utf8'))[1], memory.length);
`;

describe('the environment of a process that trains', () => {
  it('asks for large pages on Linux, beside what else it says', () => {
    expect(withLargePages({ A: '1' }, 'linux')).toEqual({ A: '1', GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' });
    expect(withLargePages({ GLIBC_TUNABLES: 'glibc.malloc.check=3' }, 'linux').GLIBC_TUNABLES).toBe(
      'glibc.malloc.check=3:glibc.malloc.hugetlb=1',
    );
    expect(withLargePages({ A: '1' }, 'darwin')).toEqual({ A: '1' });
  });

  it('stays as it is where somebody has decided', () => {
    const env = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=0' };
    expect(withLargePages(env, 'linux')).toBe(env);
  });

  it.skipIf(!isGiven)('gets them', () => {
    const kilobytes = execFileSync(process.execPath, ['-e', PROGRAM], { env: withLargePages(process.env), encoding: 'utf8' });
    expect(Number.parseInt(kilobytes, 10)).toBeGreaterThan(0);
  });
});
