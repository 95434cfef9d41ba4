import { cx } from './cx.ts';

/** Text that is cut where its line ends; whole on hover, and for those who hear it. */
export function Cut({ text, className }: { text: string; className?: string }) {
  return (
    <span title={text} className={cx('block truncate', className)}>
      {text}
    </span>
  );
}
