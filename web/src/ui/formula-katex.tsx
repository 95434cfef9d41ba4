'use client';

import katex from 'katex';
import 'katex/dist/katex.min.css';

/** A formula set by KaTeX; screen readers get its MathML. One that is wider than its place scrolls in it, and fades where it goes on. */
export default function Formula({ tex }: { tex: string }) {
  const html = katex.renderToString(tex, { displayMode: true, fleqn: true, throwOnError: false, output: 'htmlAndMathml' });
  // KaTeX escapes what it is given, and the TeX is Studyhall's own.
  return (
    <div
      className="overflow-x-auto overflow-y-hidden py-1 data-[more=yes]:[mask-image:linear-gradient(to_right,#000_calc(100%-2.5rem),transparent)] [&_.katex-display]:my-0 [&_.katex-display>.katex]:!pl-0"
      ref={(element) => fill(element, html)}
      onScroll={(event) => tellWhetherMore(event.currentTarget)}
    />
  );
}

function fill(element: HTMLDivElement | null, html: string): (() => void) | undefined {
  if (!element) return undefined;
  element.innerHTML = html;
  // Its fonts come later than its place, and a phone is turned round.
  const sizes = new ResizeObserver(() => tellWhetherMore(element));
  sizes.observe(element);
  const formula = element.querySelector('.katex-html');
  if (formula) sizes.observe(formula);
  return () => sizes.disconnect();
}

/** Marks whether a part is out of sight to the right; what scrolls can be reached by the keyboard. */
function tellWhetherMore(element: HTMLElement): void {
  const { scrollWidth, clientWidth, scrollLeft } = element;
  element.dataset.more = scrollWidth - clientWidth - scrollLeft > 2 ? 'yes' : 'no';
  if (scrollWidth > clientWidth) element.tabIndex = 0;
  else element.removeAttribute('tabindex');
}
