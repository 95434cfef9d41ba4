'use client';

import { csv } from '@/lib/format/csv.ts';
import { Button } from '../button.tsx';

type Props = {
  /** Of the file, without its ending. */
  name: string;
  rows: () => readonly (readonly (string | number | null)[])[];
};

/** Saves what a chart shows as a table. */
export function CsvButton({ name, rows }: Props) {
  const save = () => {
    const link = document.createElement('a');
    const address = URL.createObjectURL(new Blob([csv(rows())], { type: 'text/csv;charset=utf-8' }));
    link.href = address;
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  return (
    <Button small look="quiet" onClick={save}>
      CSV
    </Button>
  );
}
