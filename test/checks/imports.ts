import path from 'node:path';
import { findViolations } from './import-rules.ts';

const { violations, imports } = await findViolations(path.resolve(import.meta.dirname, '../..'), [
  'contract',
  'api',
  'trainer',
  'web',
  'test',
  'start',
]);
if (imports < 3000) throw new Error(`Only ${imports} imports were found: the reader is broken.`);
for (const { from, to, rule } of violations) {
  console.error(`${from} → ${to}\n  ${rule}`);
  process.exitCode = 1;
}
