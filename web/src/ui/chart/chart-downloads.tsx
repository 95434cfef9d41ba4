'use client';

import { useState } from 'react';
import { saveCsv } from '@/lib/save-csv.ts';
import { saveFile } from '@/lib/save-file.ts';
import { Button } from '../button.tsx';
import { Refusal } from '../refusal.tsx';
import { pngOf } from './png-of.ts';

type Props = {
  /** Of the files, without their endings. */
  file: string;
  csv: () => string;
  svg: () => Promise<string>;
  /** Nothing is drawn yet: there is nothing to save. */
  empty?: boolean;
};

/** Saves a chart as a table, as a picture in lines and as one in pixels; each is made when it is asked for. */
export function ChartDownloads({ file, csv, svg, empty = false }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const ways = {
    CSV: async () => saveCsv(`${file}.csv`, csv()),
    SVG: async () => saveFile(`${file}.svg`, new Blob([await svg()], { type: 'image/svg+xml' })),
    PNG: async () => saveFile(`${file}.png`, await pngOf(await svg())),
  };
  const save = (way: () => Promise<void>) =>
    way().then(
      () => setProblem(null),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  return (
    <div className="flex flex-wrap items-center justify-end">
      <Refusal of={problem && `Nothing was saved: ${problem}`} className="mr-2" />
      {Object.entries(ways).map(([kind, way]) => (
        <Button key={kind} small look="quiet" disabled={empty} aria-label={`Download ${file} as ${kind}`} onClick={() => void save(way)}>
          {kind}
        </Button>
      ))}
    </div>
  );
}
