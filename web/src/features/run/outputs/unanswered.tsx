import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';

/** Why there is nothing to show: it could not be had, is on its way, or is not there. */
export function Unanswered({ error, loading, again, nothing }: { error: unknown; loading: boolean; again: () => void; nothing: string }) {
  if (error)
    return (
      <Notice
        className="mt-3"
        tone="danger"
        title="The outputs could not be read"
        action={
          <Button small onClick={again}>
            Try again
          </Button>
        }
      >
        {errorMessage(error)}
      </Notice>
    );
  return <p className="mt-3 text-[0.8125rem] text-muted">{loading ? 'The outputs are being read.' : nothing}</p>;
}
