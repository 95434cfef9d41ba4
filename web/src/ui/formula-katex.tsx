'use client';

import katex from 'katex';
import 'katex/dist/katex.min.css';

/** A formula set by KaTeX; screen readers get its MathML. */
export default function Formula({ tex }: { tex: string }) {
  const html = katex.renderToString(tex, { displayMode: true, fleqn: true, throwOnError: false, output: 'htmlAndMathml' });
  // KaTeX escapes what it is given, and the TeX is Studyhall's own.
  return (
    <div
      className="overflow-x-auto overflow-y-hidden py-1 [&_.katex-display]:my-0 [&_.katex-display>.katex]:!pl-0"
      ref={(element) => fill(element, html)}
    />
  );
}

function fill(element: HTMLDivElement | null, html: string): void {
  if (element) element.innerHTML = html;
}
