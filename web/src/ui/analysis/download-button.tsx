'use client';

import { Download } from 'lucide-react';
import { saveCsv } from '@/lib/save-csv.ts';
import { Button } from '@/ui/button.tsx';

/** Saves a text that is made when it is asked for. */
export function DownloadButton({ name, text }: { name: string; text: () => string }) {
  return (
    <Button small look="quiet" onClick={() => saveCsv(name, text())} aria-label={`Download ${name}`}>
      <Download aria-hidden className="size-3.5" /> CSV
    </Button>
  );
}
