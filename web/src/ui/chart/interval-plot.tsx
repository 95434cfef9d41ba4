import { type AxisUnit, axisWriter } from '@/lib/format/axis.ts';
import { position, type Scale } from '@/lib/statistics/scale.ts';
import { fewSeeds } from '../seed-count.tsx';

type Props = {
  scale: Scale;
  mean: number;
  /** Half the width of the interval; absent for one seed, which has none. */
  half: number | null;
  /** Hollow: the interval does not tell the value from the reference. */
  hollow?: boolean;
  /** Single seeds, as small ticks. */
  seeds?: readonly { seed: number; value: number }[];
  /** A line to read against, such as zero. */
  reference?: number;
  /** Seeds behind it: an interval of few is drawn thin and broken. */
  n?: number;
  /** A colour of the theme: that of its method. */
  colour?: string;
  /** In words, for those who cannot see it. */
  label: string;
};

const inset = 2;

/** A mean and its interval on an axis shared by the rows of a table. Drawn in percent, so that it fits every width. */
export function IntervalPlot({ scale, mean, half, hollow = false, seeds = [], reference, n, colour = '--accent', label }: Props) {
  // To a hundredth of a percent, a tenth of a pixel: digits that nobody sees would be half of a table's page.
  const x = (value: number) => `${Number((inset + position(scale, value) * (100 - 2 * inset)).toFixed(2))}%`;
  const few = n !== undefined && n < fewSeeds;
  const stroke = `var(${colour})`;
  return (
    <svg role="img" aria-label={label} className="block h-6 w-full overflow-visible">
      <line x1={`${inset}%`} x2={`${100 - inset}%`} y1="12" y2="12" className="stroke-line" strokeWidth="1" />
      {reference === undefined ? null : (
        <line x1={x(reference)} x2={x(reference)} y1="1" y2="23" className="stroke-line-strong" strokeWidth="1" />
      )}
      {half === null ? null : (
        <g strokeWidth={few ? '1' : '1.5'} style={{ stroke }}>
          <line x1={x(mean - half)} x2={x(mean + half)} y1="12" y2="12" {...(few ? { strokeDasharray: '3 3' } : {})} />
          {mean - half >= scale.low ? <line x1={x(mean - half)} x2={x(mean - half)} y1="8.5" y2="15.5" /> : null}
          {mean + half <= scale.high ? <line x1={x(mean + half)} x2={x(mean + half)} y1="8.5" y2="15.5" /> : null}
        </g>
      )}
      {seeds.map(({ seed, value }) => (
        <line key={seed} x1={x(value)} x2={x(value)} y1="17.5" y2="22.5" className="stroke-muted" strokeWidth="1" />
      ))}
      <circle cx={x(mean)} cy="12" r="3.6" strokeWidth="1.5" style={{ stroke, fill: hollow ? 'var(--paper)' : stroke }} />
    </svg>
  );
}

/** The axis above such plots: its ticks, labelled; only room for it while there is nothing to plot. */
export function IntervalAxis({ scale, unit, empty = false }: { scale: Scale; unit: AxisUnit; empty?: boolean }) {
  const zero = Math.max(0, scale.ticks.indexOf(0));
  const labelled = scale.ticks.length > 5 ? scale.ticks.filter((_, index) => (index - zero) % 2 === 0) : scale.ticks;
  const write = axisWriter(labelled, unit);
  return (
    <span aria-hidden className="relative block h-4 w-full text-2xs font-normal text-faint">
      {(empty ? [] : labelled).map((tick) => (
        <span
          key={tick}
          className="absolute -translate-x-1/2 whitespace-nowrap"
          style={{ left: `${inset + position(scale, tick) * (100 - 2 * inset)}%` }}
        >
          {write(tick)}
        </span>
      ))}
    </span>
  );
}
