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
  /** The earlier runs that taught: of a run, or of one run of the group whose specification it is. */
  teachers: readonly Teacher[];
  /** Whether it stands for a group: each of its runs then has the teacher of its own seed. */
  ofGroup?: boolean;
};

/** The complete specification: what differs from its default stands out. */
export function RunSpec({ spec, execution, fingerprint, teachers, ofGroup = false }: Props) {
  const lines = specLines(settings, 'RunSpecInput', spec as JsonValue);
  return (
    <section aria-labelledby="spec">
      <SectionTitle id="spec" aside={<CopyButton label="Copy JSON" text={JSON.stringify(spec, null, 2)} />}>
        Specification
      </SectionTitle>
      <Lines lines={lines} teachers={teachers} ofGroup={ofGroup} />
      <details className="mt-3 text-[0.8125rem]">
        <summary className="text-muted hover:text-ink">How it was carried out</summary>
        <Lines lines={specLines(settings, 'ExecutionInput', execution as JsonValue)} />
        <Lines lines={factLines(fingerprint)} />
      </details>
    </section>
  );
}

type LinesProps = { lines: readonly SpecLine[]; teachers?: readonly Teacher[]; ofGroup?: boolean };

function Lines({ lines, teachers = [], ofGroup = false }: LinesProps) {
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
            <TeacherLink line={line} teachers={teachers} ofGroup={ofGroup} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** An earlier teacher by its name, as a way to it; every other line as it is written. */
function TeacherLink({ line, teachers, ofGroup }: { line: SpecLine; teachers: readonly Teacher[]; ofGroup: boolean }) {
  const [, place, kind] = /\.teachers\.(\d+)\.(run\.runId|group\.groupKey)$/.exec(line.path) ?? [];
  if (place === undefined || line.value === null) return line.value;
  const run = teachers.find(({ position }) => position === Number(place))?.run;
  if (!run) return 'a run that was deleted';
  if (ofGroup && kind === 'group.groupKey')
    return (
      <Link href={paths.group(line.value)} className="link">
        {run.label}
      </Link>
    );
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
