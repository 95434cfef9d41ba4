import { spawn } from 'node:child_process';
import path from 'node:path';

/** `npm run check`: everything that must hold of the source, side by side. */
const root = path.resolve(import.meta.dirname, '../..');
const tool = (name: string) => path.join(root, 'node_modules/.bin', name);
const script = (file: string, ...args: string[]): [string, ...string[]] => [process.execPath, '--import', 'tsx', file, ...args];

const checks: Record<string, [string, ...string[]]> = {
  'format and lint': [tool('biome'), 'check', '--error-on-warnings', '.'],
  'types of contract': [tool('tsc'), '-p', 'contract'],
  'types of api': [tool('tsc'), '-p', 'api'],
  'types of trainer': [tool('tsc'), '-p', 'trainer'],
  'types of web': [tool('tsc'), '-p', 'web'],
  'types of test': [tool('tsc'), '-p', 'test'],
  'contract/schema.graphql is what the code says': script('api/src/print-schema.ts', '--check'),
  'docs/guide/rights.md is what the code says': script('api/src/print-rights.ts', '--check'),
  'migrations make what prisma/schema.prisma says': script('test/checks/migrations.ts'),
  'imports go in the allowed directions': script('test/checks/imports.ts'),
};

type Outcome = { name: string; passed: boolean; said: string };

const outcomes = await Promise.all(Object.entries(checks).map(([name, command]) => run(name, command)));
for (const { name, passed, said } of outcomes) {
  console.log(`${passed ? '✓' : '✗'} ${name}`);
  if (!passed) console.log(said.trim().replace(/^/gm, '    '));
}
const failed = outcomes.filter(({ passed }) => !passed).length;
console.log(`checks: ${outcomes.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

function run(name: string, [program, ...args]: [string, ...string[]]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => resolve({ name, passed: false, said: error.message }));
    child.on('close', (code) => resolve({ name, passed: code === 0, said }));
  });
}
