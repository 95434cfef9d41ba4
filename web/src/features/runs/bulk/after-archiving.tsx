'use client';

import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { BulkDialogs } from './bulk-dialogs.tsx';
import type { useBulk } from './use-bulk.ts';

/** Runs were archived: they can be taken out again, or deleted, without looking for them in the archive. */
export function AfterArchiving({ bulk }: { bulk: ReturnType<typeof useBulk> }) {
  const [asking, setAsking] = useState(false);
  const archived =
    bulk.result?.action === 'ARCHIVE' ? bulk.result.outcomes.flatMap(({ id, refusal }) => (refusal === null ? [id] : [])) : [];
  if (archived.length === 0) return null;
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button small onClick={() => void bulk.change('UNARCHIVE', archived)}>
        Take {archived.length === 1 ? 'it' : 'them'} out again
      </Button>
      <Button small look="danger" onClick={() => setAsking(true)}>
        Delete {archived.length === 1 ? 'it' : 'them'}
      </Button>
      <BulkDialogs
        asking={asking ? 'DELETE' : null}
        count={archived.length}
        onClose={() => setAsking(false)}
        onChange={() => {
          setAsking(false);
          void bulk.change('DELETE', archived);
        }}
        onTag={() => {}}
        onMove={() => {}}
      />
    </div>
  );
}
