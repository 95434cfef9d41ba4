'use client';

import { Download } from 'lucide-react';
import { Button } from '@/ui/button.tsx';

/** Saves a text that is made when it is asked for. */
export function DownloadButton({ name, text }: { name: string; text: () => string }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text()], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button small look="quiet" onClick={save} aria-label={`Download ${name}`}>
      <Download aria-hidden className="size-3.5" /> CSV
    </Button>
  );
}
