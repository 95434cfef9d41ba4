import type { Cache, Reference } from '@apollo/client';
import { InMemoryCache } from '@apollo/client-integration-nextjs';

/**
 * A cache in which no run goes back to an earlier revision. Answers come by several ways (a mutation's, a subscription's messages, what a
 * page reads again), and not in the order in which they were read: of a run that is known at a later revision, one leaves what is known
 * as it is, and only adds what was not.
 */
export class OrderedCache extends InMemoryCache {
  readonly #known = new Map<string, number>();

  /** From now on any revision counts: the API may have come back with an earlier state, from a backup. */
  forgetOrder(): void {
    this.#known.clear();
  }

  override write(options: Cache.WriteOptions): Reference | undefined {
    const overtaken: string[] = [];
    for (const [id, revision] of revisionsIn(options.result)) {
      if (revision < (this.#known.get(id) ?? revision)) overtaken.push(id);
      else this.#known.set(id, revision);
    }
    if (overtaken.length === 0) return super.write(options);
    return this.batch({
      update: () => {
        const known = new Map(overtaken.map((id) => [id, this.#fieldsOf(id)]));
        const written = super.write(options);
        for (const [id, fields] of known)
          this.modify({ id, fields: (value, { storeFieldName }) => (fields.has(storeFieldName) ? fields.get(storeFieldName) : value) });
        return written;
      },
    });
  }

  /** As they are kept. */
  #fieldsOf(id: string): ReadonlyMap<string, unknown> {
    const fields = new Map<string, unknown>();
    this.modify({
      id,
      fields: (value, { storeFieldName }) => {
        fields.set(storeFieldName, value);
        return value;
      },
    });
    return fields;
  }
}

/** The runs in an answer that say their revision, by the id that the cache knows them by. */
function* revisionsIn(answer: unknown): Generator<[string, number]> {
  if (typeof answer !== 'object' || answer === null) return;
  if ('__typename' in answer && answer.__typename === 'Run' && 'id' in answer && 'revision' in answer)
    yield [`Run:${answer.id}`, Number(answer.revision)];
  for (const part of Object.values(answer)) yield* revisionsIn(part);
}
