'use client';

import { Checkbox } from '@/ui/input.tsx';

type Props = { label: string; checked: boolean; mixed?: boolean; onChange: (chosen: boolean, range: boolean) => void };

/** The box before a row, or before all of them; with the shift key it takes in a range. */
export function SelectBox({ label, checked, mixed = false, onChange }: Props) {
  return (
    <Checkbox
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = mixed;
      }}
      onChange={(event) => onChange(event.target.checked, heldShift(event.nativeEvent))}
      // The whole corner of the row is the box's: a finger finds it.
      className="size-8 cursor-pointer justify-center coarse:size-11"
    />
  );
}

/** A box that is ticked by the mouse tells of the keys that were held; one that was ticked before the page was alive tells nothing. */
const heldShift = (event: Event | undefined) => event instanceof MouseEvent && event.shiftKey;
