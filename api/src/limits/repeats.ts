import { type DocumentNode, visit } from 'graphql';
import { ApiError } from '../errors.ts';
import { fieldsOf, fragmentsOf } from './selections.ts';

/** Most fields of a document that stand in their selection set under a name that is there already. Pages have none or a few, by fragments. */
const maxRepeats = 100;

/**
 * Refuses a document whose validation would be costly: fields of one name in one selection set have to be the same, so each is compared with
 * each.
 *
 * @throws TOO_COMPLEX with the limit.
 */
export function checkRepeats(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  let repeats = 0;
  visit(document, {
    SelectionSet(selections) {
      const names = new Set<string>();
      for (const { alias, name } of fieldsOf(selections, fragments)) {
        const key = (alias ?? name).value;
        if (!names.has(key)) names.add(key);
        else if (++repeats > maxRepeats)
          throw new ApiError(
            'TOO_COMPLEX',
            `A document may ask for a field again under the same name ${maxRepeats} times; this one does so more often. Give each a name of its own (alias: field), or ask once.`,
          );
      }
    },
  });
}
