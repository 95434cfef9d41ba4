import { canHoldFocus, focusable } from './focusable.ts';

/** Where an element stood: from its parent up to the page, each with what came before it there, the nearest first. */
export type Standing = { element: HTMLElement; steps: { parent: Element; before: Element[] }[] };

/** Notes where an element stands, to be asked for once it is gone. */
export function standingOf(element: HTMLElement): Standing {
  const steps: Standing['steps'] = [];
  for (let at: Element = element; at.parentElement; at = at.parentElement) {
    const before: Element[] = [];
    for (let sibling = at.previousElementSibling; sibling; sibling = sibling.previousElementSibling) before.push(sibling);
    steps.push({ parent: at.parentElement, before });
  }
  return { element, steps };
}

/**
 * Where one goes on, in place of an element that has gone or can no longer be used: with what stands there now, else with what comes next
 * among its neighbours, else before; at last with the page's content as a whole.
 */
export function placeInstead({ element, steps }: Standing): HTMLElement | null {
  if (canHoldFocus(element)) return element;
  for (const { parent, before } of steps) {
    if (!parent.isConnected) continue;
    if (parent.matches('main, body')) break;
    const there = focusable(parent).filter((candidate) => candidate !== parent);
    const neighbour = before.find((sibling) => sibling.parentElement === parent);
    const next = there.find((candidate) => !neighbour || comesAfter(neighbour, candidate));
    const place = next ?? there.at(-1);
    if (place) return place;
    if (parent instanceof HTMLElement && canHoldFocus(parent)) return parent;
  }
  return document.querySelector('main');
}

const comesAfter = (one: Element, other: Element) =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !one.contains(other);
