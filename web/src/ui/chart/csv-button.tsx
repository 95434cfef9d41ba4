'use client';

import { csv } from '@/lib/format/csv.ts';
import { saveCsv } from '@/lib/save-csv.ts';
import { Button } from '../button.tsx';

type Props = {
  /** Of the file, without its ending. */
  name: string;
  rows: () => readonly (readonly (string | number | null)[])[];
};

/** Saves what a chart shows as a table. */
export function CsvButton({ name, rows }: Props) {
  return (
    <Button small look="quiet" onClick={() => saveCsv(`${name}.csv`, csv(rows()))}>
      CSV
    </Button>
  );
}
