import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systems } from './deck/systems.ts';

/** The deck's systems with their presets as text, as it is committed: what the trainer's `run --preset` reads. */
export const printDeck = () =>
  `${JSON.stringify({ note: 'Printed by `npm run deck:print -w api` from api/src/deck. Do not edit.', systems }, null, 1)}\n`;

const file = fileURLToPath(new URL('../../contract/deck.json', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const printed = printDeck();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, printed);
  } else if (readFileSync(file, 'utf8') !== printed) {
    console.error('contract/deck.json differs from the code. Run: npm run deck:print -w api');
    process.exit(1);
  }
}
