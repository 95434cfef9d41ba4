'use client';

import { type ChangeEvent, type Ref, type RefCallback, useCallback, useEffect, useEffectEvent, useRef } from 'react';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

type Props<Element extends Field> = { ref?: Ref<Element> | undefined; onChange?: ((event: ChangeEvent<Element>) => void) | undefined };

/**
 * Keeps what was typed, ticked or chosen before the page's scripts had come alive. React leaves it in sight, tells nobody of it, and
 * overwrites it with its next rendering: so a field that has come alive looks at what it holds, and reports what it did not render through
 * its own `onChange`. All effects of a commit run before anything is rendered again.
 *
 * @param differs whether the field holds something else than was rendered into it.
 * @returns the field's ref, which passes it on to `ref`.
 */
export function useEarlyChange<Element extends Field>(
  { ref, onChange }: Props<Element>,
  differs: (field: Element) => boolean,
): RefCallback<Element> {
  const own = useRef<Element>(null);
  const look = useEffectEvent(() => {
    const field = own.current;
    // Handlers read the field and nothing else. Its value is left alone: the caret stays, and so does a word half composed.
    if (field && differs(field)) onChange?.({ target: field, currentTarget: field } as ChangeEvent<Element>);
  });
  useEffect(() => look(), []);
  return useCallback(
    (field) => {
      own.current = field;
      if (typeof ref === 'function') return ref(field);
      if (ref) ref.current = field;
    },
    [ref],
  );
}

/** Whether a field for text holds another one than was rendered; of one that React does not control nothing was said. */
export function holdsOtherText(field: Pick<HTMLInputElement, 'value'>, rendered: unknown): boolean {
  return rendered !== undefined && field.value !== String(rendered);
}

/** The same of a select: while nothing offers what was rendered, the browser shows something else that nobody chose. */
export function holdsOtherOption(field: Pick<HTMLSelectElement, 'value'> & { options: Iterable<{ value: string }> }, rendered: unknown) {
  return holdsOtherText(field, rendered) && [...field.options].some(({ value }) => value === String(rendered));
}
