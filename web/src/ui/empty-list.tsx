import { paths } from '@/lib/paths.ts';
import { Button, LinkButton } from './button.tsx';
import { Notice } from './notice.tsx';

type Props = {
  /** Filters are set: they may be why nothing is shown. */
  filtered: boolean;
  onClear: () => void;
  /** What the filters left nothing of: `run`, `group`. */
  noun: string;
  /** What will come to stand here. */
  children: string;
};

/** In place of a list of runs without any, with what to do about it. */
export function EmptyList({ filtered, onClear, noun, children }: Props) {
  if (filtered) {
    return (
      <Notice className="mt-8" title={`No ${noun} matches these filters`} action={<Button onClick={onClear}>Clear the filters</Button>} />
    );
  }
  const schedule = (
    <LinkButton href={paths.schedule()} look="primary">
      Schedule a run
    </LinkButton>
  );
  return (
    <Notice className="mt-8" title="No runs yet" action={schedule}>
      {children}
    </Notice>
  );
}
