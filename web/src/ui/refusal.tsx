import { errorMessage } from '@/lib/api/error-code.ts';
import { cx } from './cx.ts';

type Props = {
  /** What the API answered, or words of our own; nothing where nothing was refused. */
  of: unknown;
  className?: string;
};

/** Why something was refused or could not be read, told to who asked for it. */
export function Refusal({ of, className }: Props) {
  if (!of) return null;
  return (
    <p role="alert" className={cx('text-[0.8125rem] text-danger', className)}>
      {typeof of === 'string' ? of : errorMessage(of)}
    </p>
  );
}
