import { availableEngines } from '../../../trainer/src/engine/available.ts';
import { readCards } from '../../../trainer/src/engine/cards.ts';
import { REFERENCE } from '../../../trainer/src/engine/names.ts';
import { carryOut } from '../gpu/main.ts';
import { HELP, readOptions } from './options.ts';

/** `npm run bench -- parity …`: what `gpu` compares, on any machine and of any engine. */
export const parity = async (args: string[]): Promise<number> => {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engines = options.engine ?? (await availableEngines()).filter((name) => name !== REFERENCE);
  return carryOut(options, { engines, cards: await readCards(), file: 'bench-parity.json' });
};
