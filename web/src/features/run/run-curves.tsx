'use client';

import { useMemo, useState } from 'react';
import { percent, significant, wholeNumber } from '@/lib/format/number.ts';
import { fileName } from '@/ui/chart/file-name.ts';
import { LineChart } from '@/ui/chart/line-chart.tsx';
import { NoCurves } from '@/ui/chart/no-curves.tsx';
import { cx } from '@/ui/cx.ts';
import { Checkbox } from '@/ui/input.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { type Curve, curvesOf } from './curves.ts';
import type { Metrics } from './metrics.ts';
import { type Member, membersOf, type Network } from './network-names.ts';

const formats: Record<Curve['kind'], (value: number) => string> = {
  percent: (value) => `${percent(value)} %`,
  number: (value) => significant(value, 4),
  rate: (value) => significant(value, 2),
};

type Props = {
  runId: string;
  metrics: Metrics;
  epochs: number;
  networks: readonly Network[];
  /** Whether there will be curves, if there are none yet. */
  running: boolean;
};

/** All curves of a run, growing as epochs are committed; one legend, one zoom and one pointer for all. */
export function RunCurves({ runId, metrics, epochs, networks, running }: Props) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [train, setTrain] = useState(true);
  const members = membersOf(networks, [...metrics.networks.keys()]);
  const names = JSON.stringify(members);
  const curves = useMemo(() => curvesOf(metrics, JSON.parse(names) as Member[], { hidden, train }), [metrics, names, hidden, train]);
  const last = Math.max(epochs, ...[...metrics.networks.values()].map((rows) => rows.at(-1)?.epoch ?? 0));

  if (!running && metrics.networks.size === 0) {
    return (
      <section aria-labelledby="curves">
        <SectionTitle id="curves">Curves</SectionTitle>
        <NoCurves because="no epoch has been measured" />
      </section>
    );
  }

  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };

  return (
    <section aria-labelledby="curves">
      <SectionTitle
        id="curves"
        aside={
          <>
            <span className="coarse:hidden">Ctrl and wheel, or pinch, to zoom; drag to move</span>
            <span className="hidden coarse:inline">Pinch to zoom, drag to move</span>
          </>
        }
      >
        Curves
      </SectionTitle>
      <div className="flex min-h-10 flex-wrap items-center gap-x-1 gap-y-0.5 py-1">
        {members.map((member) => (
          <button
            key={member.key}
            type="button"
            aria-pressed={!hidden.has(member.key)}
            onClick={() => toggle(member.key)}
            className={cx(
              'inline-flex h-7 items-center gap-1.5 rounded-[2px] px-1.5 text-xs hover:bg-sunken',
              hidden.has(member.key) && 'text-faint line-through',
            )}
          >
            <span
              aria-hidden
              className="h-0.5 w-4"
              style={{ background: hidden.has(member.key) ? 'var(--line-strong)' : `var(${member.colour})` }}
            />
            {member.name}
          </button>
        ))}
        <Checkbox className="ml-auto text-xs text-muted" checked={train} onChange={(event) => setTrain(event.target.checked)}>
          Training, dashed
        </Checkbox>
      </div>
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        {curves.map((curve) => (
          <figure key={curve.key} className="min-w-0">
            <figcaption className="flex items-baseline justify-between gap-3 text-xs">
              <span className="font-medium">{curve.title}</span>
              <span className="text-faint">{curve.unit}</span>
            </figcaption>
            <LineChart
              group={`run-${runId}`}
              height={curve.key === 'accuracy' || curve.key === 'loss' ? 250 : 170}
              label={describe(curve)}
              caption={`${curve.title}, ${curve.unit}`}
              file={fileName(runId, curve.title)}
              series={curve.series}
              xMax={last}
              {...(curve.yInclude === undefined ? {} : { yInclude: curve.yInclude })}
              format={formats[curve.kind]}
              unit={curve.kind === 'percent' ? 'percent' : 'number'}
            />
          </figure>
        ))}
      </div>
    </section>
  );
}

/** The chart in words: where each line stands. */
function describe(curve: Curve): string {
  const lines = curve.series.map((series) => {
    const end = series.points.at(-1);
    return end ? `${series.name} ${formats[curve.kind](end[1])} after epoch ${wholeNumber(end[0])}` : '';
  });
  return `${curve.title} over epochs. ${lines.filter(Boolean).join('; ') || 'Nothing measured yet.'}`;
}
