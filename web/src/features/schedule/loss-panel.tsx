'use client';

import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { Formula } from '@/ui/formula.tsx';
import { lossFormula } from './loss-formula.ts';
import { withSmoothedLabels } from './smoothed-labels.ts';

type Props = { method: JsonValue | undefined; networks: number; labelSmoothing: number };

/** The chosen method's loss, in letters and with the values set. */
export function LossPanel({ method, networks, labelSmoothing }: Props) {
  const plain = lossFormula(method, networks);
  if (!plain) return null;
  const formula = withSmoothedLabels(plain, labelSmoothing);
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
