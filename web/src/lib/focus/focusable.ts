const kinds = 'a[href], button, input, select, textarea, summary, [tabindex]';

/** What the keyboard can reach within an element, itself included, in the order of the page. */
export function focusable(within: Element): HTMLElement[] {
  const all = [within, ...within.querySelectorAll(kinds)].filter((element) => element instanceof HTMLElement && element.matches(kinds));
  return (all as HTMLElement[]).filter(canHoldFocus);
}

/** Whether the focus can be on it now: it is in the page, can be seen and used, and is a stop of the Tab key. */
export function canHoldFocus(element: HTMLElement): boolean {
  return (
    element.isConnected && element.tabIndex >= 0 && !element.matches(':disabled, [type=hidden], [inert] *, [hidden] *') && isShown(element)
  );
}

/** Boxes it has none where it, or what it stands in, is not displayed. */
const isShown = (element: HTMLElement) => element.getClientRects().length > 0;
