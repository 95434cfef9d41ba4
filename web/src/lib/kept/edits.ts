/** Texts that somebody edits: each as it was when they began, and as they have it now. */
export type Edits<Field extends string> = {
  readonly base: Readonly<Record<Field, string>>;
  readonly mine: Readonly<Record<Field, string>>;
};

export const begin = <Field extends string>(saved: Readonly<Record<Field, string>>): Edits<Field> => ({ base: saved, mine: saved });

const fieldsOf = <Field extends string>({ base }: Edits<Field>) => Object.keys(base) as Field[];

export function write<Field extends string>(edits: Edits<Field>, field: NoInfer<Field>, text: string): Edits<Field> {
  return { ...edits, mine: { ...edits.mine, [field]: text } };
}

/** The edits beside what is saved by now: what one has not touched follows it, what one has stays. */
export function follow<Field extends string>(edits: Edits<Field>, saved: Readonly<Record<Field, string>>): Edits<Field> {
  const moved = fieldsOf(edits).filter((field) => {
    const { base, mine } = edits;
    return base[field] !== saved[field] && (mine[field] === base[field] || mine[field] === saved[field]);
  });
  return moved.length === 0 ? edits : moved.reduce((result, field) => take(result, field, saved[field]), edits);
}

/** Their text in place of one's own. */
export function take<Field extends string>({ base, mine }: Edits<Field>, field: NoInfer<Field>, theirs: string): Edits<Field> {
  return { base: { ...base, [field]: theirs }, mine: { ...mine, [field]: theirs } };
}

/** One's own text, knowing theirs: saving it puts it in place of theirs. */
export function keepMine<Field extends string>({ base, mine }: Edits<Field>, field: NoInfer<Field>, theirs: string): Edits<Field> {
  return { base: { ...base, [field]: theirs }, mine };
}

/** What was changed here, to be saved; what others save meanwhile is not touched by it. */
export function changes<Field extends string>(edits: Edits<Field>): Partial<Record<Field, string>> {
  const { base, mine } = edits;
  const changed = fieldsOf(edits).filter((field) => mine[field] !== base[field]);
  return Object.fromEntries(changed.map((field) => [field, mine[field]])) as Partial<Record<Field, string>>;
}

/** Fields that were changed here and, to something else, elsewhere. */
export function conflicts<Field extends string>(edits: Edits<Field>, saved: Readonly<Record<Field, string>>): Field[] {
  return fieldsOf(follow(edits, saved)).filter(
    (field) => edits.base[field] !== saved[field] && edits.mine[field] !== edits.base[field] && edits.mine[field] !== saved[field],
  );
}

/** Edits that a browser had kept, as far as they are of these fields. */
export function restoreEdits<Field extends string>(saved: Readonly<Record<Field, string>>, kept: unknown): Edits<Field> | null {
  const { base, mine } = (kept ?? {}) as { base?: Record<string, unknown>; mine?: Record<string, unknown> };
  if (typeof base !== 'object' || typeof mine !== 'object' || !base || !mine) return null;
  let edits = begin(saved);
  for (const field of fieldsOf(edits)) {
    const [from, to] = [base[field], mine[field]];
    if (typeof from !== 'string' || typeof to !== 'string') continue;
    edits = { base: { ...edits.base, [field]: from }, mine: { ...edits.mine, [field]: to } };
  }
  const followed = follow(edits, saved);
  return Object.keys(changes(followed)).length > 0 ? followed : null;
}
