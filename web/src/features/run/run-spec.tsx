import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { CopyButton } from '@/ui/copy-button.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { type SpecLine, specLines } from './spec-lines.ts';

type Props = { spec: unknown; execution: unknown; fingerprint: unknown };

/** The complete specification: what differs from its default stands out. */
export function RunSpec({ spec, execution, fingerprint }: Props) {
  const lines = specLines(settings, 'RunSpecInput', spec as JsonValue);
  return (
    <section aria-labelledby="spec">
      <SectionTitle id="spec" aside={<CopyButton label="Copy JSON" text={JSON.stringify(spec, null, 2)} />}>
        Specification
      </SectionTitle>
      <Lines lines={lines} />
      <details className="mt-3 text-[0.8125rem]">
        <summary className="text-muted hover:text-ink">How it was carried out</summary>
        <Lines lines={specLines(settings, 'ExecutionInput', execution as JsonValue)} />
        <Lines lines={factLines(fingerprint)} />
      </details>
    </section>
  );
}

function Lines({ lines }: { lines: readonly SpecLine[] }) {
  return (
    <dl className="text-[0.8125rem]">
      {lines.map((line) => (
        <div
          key={line.path}
          className="flex items-baseline justify-between gap-4 border-b border-line py-1"
          style={{ paddingLeft: `${line.depth * 0.75}rem` }}
        >
          <dt className={line.value === null ? 'font-medium' : 'text-muted'} title={line.description}>
            {line.label}
          </dt>
          <dd className={line.isDefault ? 'text-right text-muted' : 'text-right font-medium [overflow-wrap:anywhere]'}>{line.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factLines(facts: unknown): SpecLine[] {
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).map(([key, value]) => ({
    path: key,
    depth: 0,
    label: key,
    description: '',
    value: typeof value === 'string' ? value : JSON.stringify(value),
    isDefault: true,
  }));
}
