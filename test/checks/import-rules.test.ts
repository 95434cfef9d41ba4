import { describe, expect, it } from 'vitest';
import { readImports, violations } from './import-rules.ts';

const broken = (from: string, to: string) => violations([{ from, to }]).length;

describe('the import rules', () => {
  it('refuse one room importing another', () => {
    expect(broken('web/src/lib/a.ts', 'api/src/runs/spec.ts')).toBe(1);
    expect(broken('trainer/src/main.ts', 'api/src/db.ts')).toBe(1);
  });

  it('let every room ask the machine, and the machine nobody', () => {
    expect(broken('trainer/src/daemon/home.ts', 'start/machine/lock.mjs')).toBe(0);
    expect(broken('start/machine/lock.mjs', 'start/place.mjs')).toBe(1);
    expect(broken('start/machine/lock.mjs', 'start/machine/durable.mjs')).toBe(0);
  });

  it('refuse a feature that imports its neighbour, or the pages', () => {
    expect(broken('web/src/features/run/a.tsx', 'web/src/features/leaderboard/b.tsx')).toBe(1);
    expect(broken('web/src/features/run/a.tsx', 'web/src/app/page.tsx')).toBe(1);
    expect(broken('web/src/features/run/a.tsx', 'web/src/features/run/b.tsx')).toBe(0);
  });

  it('refuse arrows back: lib to features, rules to resolvers, losses to the loop', () => {
    expect(broken('web/src/lib/a.ts', 'web/src/features/run/b.ts')).toBe(1);
    expect(broken('api/src/jobs/claim.ts', 'api/src/schema/run.ts')).toBe(1);
    expect(broken('api/src/sql/claim.ts', 'api/src/jobs/claim.ts')).toBe(1);
    expect(broken('trainer/src/objectives/kl.ts', 'trainer/src/training/train.ts')).toBe(1);
  });

  it('let the arrows pass that point the right way', () => {
    expect(broken('api/src/schema/run.ts', 'api/src/runs/schedule.ts')).toBe(0);
    expect(broken('web/src/app/page.tsx', 'web/src/features/run/a.tsx')).toBe(0);
    expect(broken('test/e2e/journey.spec.ts', 'api/src/testing/database.ts')).toBe(0);
  });

  it('see every way to import', () => {
    const text = `import { a } from '../runs/a.ts';\nexport * from './b.ts';\nimport './c.css';\nconst d = await import('../d.ts');\nimport pg from 'pg';\nimport { e } from '@/lib/e';\nimport {\n  f,\n} from './f.ts';`;
    expect(readImports('web/src/features/x/y.ts', text).map(({ to }) => to)).toEqual([
      'web/src/features/runs/a.ts',
      'web/src/features/x/b.ts',
      'web/src/features/x/c.css',
      'web/src/features/d.ts',
      'web/src/lib/e',
      'web/src/features/x/f.ts',
    ]);
  });
});
