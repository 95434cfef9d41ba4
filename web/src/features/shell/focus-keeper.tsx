'use client';

import { useEffect } from 'react';
import { canHoldFocus } from '@/lib/focus/focusable.ts';
import { placeInstead, type Standing, standingOf } from '@/lib/focus/standing.ts';

/**
 * Keeps the focus from falling to the page's body, where the keyboard would begin again at the top: when what has it is removed or
 * disabled, it goes where one goes on. Whoever knows better puts it there themselves, in the same moment.
 */
export function FocusKeeper() {
  useEffect(keepFocus, []);
  return null;
}

/** A window as a whole: no place to go on from. */
const isWindow = (element: Element) => element.matches('[role="dialog"][tabindex="-1"]');

function keepFocus() {
  const end = new AbortController();
  // Something may have had it before the page was alive.
  const { activeElement: first } = document;
  let standing: Standing | null = first instanceof HTMLElement && first !== document.body ? standingOf(first) : null;
  let due = 0;
  const isNowhere = () => document.activeElement === null || document.activeElement === document.body || isWindow(document.activeElement);

  const look = () => {
    due = 0;
    const { activeElement } = document;
    if (!standing || (!isNowhere() && (activeElement !== standing.element || standing.element.tabIndex < 0))) return;
    if (canHoldFocus(standing.element)) {
      // It was left on purpose, by a press beside everything.
      if (isNowhere()) standing = null;
      return;
    }
    const place = placeInstead(standing);
    standing = null;
    place?.focus({ preventScroll: true });
  };
  // By the next frame what was disabled has lost the focus, and whoever knows where to go has gone there.
  const lookSoon = () => {
    due ||= requestAnimationFrame(look);
  };

  const options = { signal: end.signal };
  document.addEventListener(
    'focusin',
    ({ target }) => {
      // A window takes the focus itself when what has it is removed.
      if (target instanceof HTMLElement && isWindow(target) && standing && !canHoldFocus(standing.element)) return lookSoon();
      standing = target instanceof HTMLElement && target !== document.body ? standingOf(target) : null;
    },
    options,
  );
  document.addEventListener('focusout', lookSoon, options);
  const observer = new MutationObserver(() => {
    if (standing && !canHoldFocus(standing.element)) lookSoon();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'] });
  return () => {
    end.abort();
    observer.disconnect();
    cancelAnimationFrame(due);
  };
}
