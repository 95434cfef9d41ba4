import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import Link from 'next/link';
import { type SpecLine, specLines } from '@/lib/contract/spec-lines.ts';
import { paths } from '@/lib/paths.ts';
import { CopyButton } from './copy-button.tsx';
import { SectionTitle } from './page-header.tsx';

type Teacher = { position: number; run: { id: string; label: string; seed: number } | null };

type Props = {
  spec: unknown;
  execution: unknown;
  fingerprint: unknown;
  /** The earlier runs that taught; absent where the specification stands for many runs. */
  teachers?: readonly Teacher[] | undefined;
};

/** The complete specification: what differs from its default stands out. */
export function RunSpec({ spec, execution, fingerprint, teachers }: Props) {
  const lines = specLines(settings, 'RunSpecInput', spec as JsonValue);
  return (
    <section aria-labelledby="spec">
      <SectionTitle id="spec" aside={<CopyButton label="Copy JSON" text={JSON.stringify(spec, null, 2)} />}>
        Specification
      </SectionTitle>
      <Lines lines={lines} teachers={teachers} />
      <details className="mt-3 text-[0.8125rem]">
        <summary className="text-muted hover:text-ink">How it was carried out</summary>
        <Lines lines={specLines(settings, 'ExecutionInput', execution as JsonValue)} />
        <Lines lines={factLines(fingerprint)} />
      </details>
    </section>
  );
}

function Lines({ lines, teachers }: { lines: readonly SpecLine[]; teachers?: readonly Teacher[] | undefined }) {
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
          <dd className={line.isDefault ? 'text-right text-muted' : 'text-right font-medium [overflow-wrap:anywhere]'}>
            <TeacherLink line={line} teachers={teachers} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** An earlier teacher by its name, as a way to it; every other line as it is written. */
function TeacherLink({ line, teachers }: { line: SpecLine; teachers: readonly Teacher[] | undefined }) {
  const [, place, kind] = /\.teachers\.(\d+)\.(run\.runId|group\.groupKey)$/.exec(line.path) ?? [];
  if (place === undefined || line.value === null) return line.value;
  if (!teachers)
    return (
      <Link href={kind === 'run.runId' ? paths.run(line.value) : paths.group(line.value)} className="link">
        {line.value}
      </Link>
    );
  const run = teachers.find(({ position }) => position === Number(place))?.run;
  if (!run) return 'a run that was deleted';
  return (
    <Link href={paths.run(run.id)} className="link">
      {run.label}, seed {run.seed}
    </Link>
  );
}

function factLines(facts: unknown): SpecLine[] {
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).map(([key, value]) => ({
    path: key,
    depth: 0,
    label: key,
    description: '',
    value: value === null || value === '' ? 'none' : typeof value === 'string' ? value : JSON.stringify(value),
    isDefault: true,
  }));
}
