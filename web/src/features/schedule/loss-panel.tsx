'use client';

import type { JsonValue } from '@/lib/contract/settings.ts';
import { Formula } from '@/ui/formula.tsx';
import { lossFormula } from './loss-formula.ts';

/** The chosen method's loss, in letters and with the values set. */
export function LossPanel({ method, networks }: { method: JsonValue | undefined; networks: number }) {
  const formula = lossFormula(method, networks);
  if (!formula) return null;
  return (
    <section aria-label="Loss" className="min-h-[7rem] border-y border-line bg-sunken px-4 py-3">
      <h3 className="text-xs text-muted">Loss</h3>
      <Formula tex={formula.letters} />
      {formula.values === formula.letters ? null : (
        <>
          <h3 className="mt-1 text-xs text-muted">With these values</h3>
          <Formula tex={formula.values} />
        </>
      )}
    </section>
  );
}
