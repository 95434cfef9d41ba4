import { Notice } from '@/ui/notice.tsx';
import { ForgetKey } from './forget-key.tsx';

/** Says once why somebody who could write may now only read. */
export function StaleKeyNotice() {
  return (
    <Notice tone="warn" className="mt-6" title="The key that this browser kept is not known here">
      It was revoked, or belonged to an earlier Studyhall at this address, and has been forgotten. You may read; to change anything, open
      the link that Studyhall printed when it started.
      <ForgetKey />
    </Notice>
  );
}
