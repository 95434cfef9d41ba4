/** Pixels between going down and coming up that are still a press: beyond, something was dragged, or let go of on purpose. */
const slack = 6;

type Keys = Pick<PointerEvent, 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * A browser tells of a click only where the button comes up over what it went down on. In a list that changes in between, a row has
 * moved on or has left, and the press would do nothing. What was pressed is followed all the same.
 *
 * Only for a mouse: what a finger lands on stays the target of its tap. Only for links: a button that opens a menu puts it under the
 * pointer, and gets no click by intent.
 *
 * @param follow does what a click on the link does.
 * @returns how to stop.
 */
export function keepPresses(document: EventTarget, follow: (link: HTMLAnchorElement, keys: Keys) => void = click): () => void {
  const end = new AbortController();
  const options = { capture: true, signal: end.signal };
  let pressed: { link: HTMLAnchorElement; x: number; y: number } | null = null;
  const forget = () => {
    pressed = null;
  };
  document.addEventListener(
    'pointerdown',
    (event) => {
      const { target, pointerType, button, clientX: x, clientY: y } = event as PointerEvent;
      const link = pointerType === 'mouse' && button === 0 ? (target as Element).closest<HTMLAnchorElement>('a[href]') : null;
      pressed = link && { link, x, y };
    },
    options,
  );
  document.addEventListener(
    'pointerup',
    (event) => {
      const up = event as PointerEvent;
      if (!pressed || up.button !== 0) return;
      const { link, x, y } = pressed;
      if (Math.hypot(up.clientX - x, up.clientY - y) > slack) return forget();
      // The click, if there is one, comes in the same task.
      setTimeout(() => {
        if (pressed?.link !== link) return;
        forget();
        follow(link, up);
      });
    },
    options,
  );
  // Heard, whatever it did: on the link itself, or on what holds it and something else.
  document.addEventListener(
    'click',
    ({ target }) => {
      if (pressed?.link.contains(target as Node)) forget();
    },
    options,
  );
  for (const name of ['pointercancel', 'dragstart', 'contextmenu']) document.addEventListener(name, forget, options);
  return () => end.abort();
}

function click(link: HTMLAnchorElement, { ctrlKey, metaKey, shiftKey, altKey }: Keys): void {
  // One that has left the page has nobody who handles its click.
  if (!link.isConnected) location.assign(link.href);
  else link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ctrlKey, metaKey, shiftKey, altKey }));
}
