'use client';

import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Refusal } from './refusal.tsx';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What ends with it. */
  description: string;
  /** What the two buttons say: to leave all as it is, and to go on. */
  keep: string;
  confirm: string;
  busy: boolean;
  /** Why it was refused. */
  error: unknown;
  onConfirm: () => void;
};

/** Asks before something is gone for good. */
export function ConfirmDialog({ open, onOpenChange, title, description, keep, confirm, busy, error, onConfirm }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <Refusal of={error} className="mb-3" />
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>{keep}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
