import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema } from './schema/index.ts';

/** The contract as text, as it is committed. */
export const printContract = () =>
  `# Printed by \`npm run schema -w api\` from api/src/schema. Do not edit.\n\n${printSchemaWithDirectives(buildSchema())}\n`;

const file = fileURLToPath(new URL('../../contract/schema.graphql', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const printed = printContract();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, printed);
  } else if (readFileSync(file, 'utf8') !== printed) {
    console.error('contract/schema.graphql differs from the code. Run: npm run schema -w api');
    process.exit(1);
  }
}
