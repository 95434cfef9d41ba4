import { written } from '@studyhall/contract/settings/written.ts';
import { badInput } from '../errors.ts';

/** Most values of a body (items, fields and what holds them). A trainer with 50,000 classes sends 250,000. */
export const maxValues = 1_500_000;

const [quote, backslash, comma, colon, bracket, brace] = [...'"\\,:[{'].map((character) => character.charCodeAt(0));

/**
 * Refuses JSON of more values than anybody has to send, before it is parsed: millions of empty lists would keep all others waiting for
 * seconds.
 *
 * @throws BAD_INPUT
 */
export function checkValues(json: Uint8Array): void {
  let values = 0;
  let within = false;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i];
    if (within) {
      if (byte === backslash) i += 1;
      else if (byte === quote) within = false;
    } else if (byte === quote) within = true;
    else if (byte === comma || byte === colon || byte === bracket || byte === brace) values += 1;
  }
  if (values > maxValues) throw badInput(`A body may hold ${written(maxValues)} values; this one has more.`);
}
