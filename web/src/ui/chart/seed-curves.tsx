import { errorMessage } from '@/lib/api/error-code.ts';
import type { AxisUnit } from '@/lib/format/axis.ts';
import { Notice } from '../notice.tsx';
import { Legend } from './legend.tsx';
import { LineChart } from './line-chart.tsx';
import { NoCurves } from './no-curves.tsx';
import type { Series } from './series.ts';

type Props = {
  /** Charts of one group share their zoom and their pointer. */
  group: string;
  /** What is drawn, and of how many lines, in words. */
  label: string;
  /** What the vertical axis is of. */
  caption: string;
  /** Name of its files, without their endings. */
  file: string;
  series: readonly Series[];
  /** The most epochs that a run of them may reach. */
  epochs: number;
  /** Whether the rows have been fetched, and why they could not be. */
  loaded: boolean;
  /** Whether there will be lines, if there are none yet. */
  pending: boolean;
  error: unknown;
  format: (value: number) => string;
  unit: AxisUnit;
};

/** Means over seeds at each epoch in their bands, and the lines' names, but for faint ones; they grow while runs commit epochs. */
export function SeedCurves({ series, epochs, loaded, pending, error, ...chart }: Props) {
  if (loaded && !pending && !error && series.length === 0)
    return <NoCurves because="no run that has succeeded or is under way has measured an epoch" />;
  return (
    <>
      {error ? (
        <Notice className="mt-4" tone="danger" title="The curves could not be loaded">
          {errorMessage(error)}
        </Notice>
      ) : null}
      <Legend
        series={series.filter(({ faint }) => !faint)}
        empty={loaded && 'No epoch has been measured yet; curves appear with the first.'}
      />
      <LineChart {...chart} height={340} series={series} xMax={Math.max(1, epochs)} />
    </>
  );
}
