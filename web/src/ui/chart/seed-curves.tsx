import { errorMessage } from '@/lib/api/error-code.ts';
import type { AxisUnit } from '@/lib/format/axis.ts';
import { Notice } from '../notice.tsx';
import { Legend } from './legend.tsx';
import { LineChart } from './line-chart.tsx';
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
  error: unknown;
  format: (value: number) => string;
  unit: AxisUnit;
};

/** Means over seeds at each epoch in their bands, and the lines' names, but for faint ones; they grow while runs commit epochs. */
export function SeedCurves({ series, epochs, loaded, error, ...chart }: Props) {
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
