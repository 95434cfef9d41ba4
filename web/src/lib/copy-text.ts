/**
 * Puts a text on the clipboard. Over plain http browsers offer no clipboard to pages of another machine: there it is copied as a reader
 * would, out of a field next to `beside`, which a window that keeps the focus to itself then holds, too.
 *
 * @returns whether it could be.
 */
export async function copyText(text: string, beside: HTMLElement): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed here: as if there were none.
  }
  return copySelected(text, beside);
}

function copySelected(text: string, beside: HTMLElement): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.setAttribute('aria-hidden', 'true');
  field.className = 'fixed top-0 left-0 size-px opacity-0';
  beside.after(field);
  field.focus();
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    beside.focus();
  }
}
