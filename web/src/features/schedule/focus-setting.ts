import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { focusable } from '@/lib/focus/focusable.ts';
import { fieldId, formPlace } from './form-place.ts';

/** Puts the focus on the first setting, in the order of the page, that a problem is about: its field, or the first one of a group. */
export function focusSetting(problems: readonly Problem[]): void {
  const places = problems
    .map(({ path }) => document.getElementById(fieldId(formPlace(path))))
    .filter((element) => element !== null)
    .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const [first] = places;
  const field = first && focusable(first)[0];
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/**
 * Puts the focus on an item of a list of settings after one was added or removed: on its first field, or on the button of it whose name
 * begins so, if that can be pressed. Where the list is empty the focus keeper knows where to go on.
 */
export function focusItem(path: string, index: number, button?: string): void {
  const item = document.getElementById(fieldId(`${path}.${index}`));
  if (!item) return;
  const stops = focusable(item);
  const named = button && stops.find((stop) => stop.getAttribute('aria-label')?.startsWith(button));
  (named || stops[0])?.focus();
}
