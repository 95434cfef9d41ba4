import type { RunOutputsQuery } from '@/generated/graphql.ts';
import { percent, shortPercent, wholeNumber } from '@/lib/format/number.ts';
import { CsvButton } from '@/ui/chart/csv-button.tsx';
import { fileName } from '@/ui/chart/file-name.ts';
import { Legend } from '@/ui/chart/legend.tsx';
import { LineChart } from '@/ui/chart/line-chart.tsx';
import type { Series } from '@/ui/chart/series.ts';
import type { NetworkChoice } from './network-choices.ts';

type Answers = NonNullable<RunOutputsQuery['run']>['networks'];
type Calibrated = NetworkChoice & { calibration: NonNullable<Answers[number]['calibration']> };
type Props = { runId: string; networks: readonly NetworkChoice[]; answers: Answers; split: string };

const figure = (value: number) => `${percent(value, 1)} %`;
const middle = ({ low, high }: { low: number; high: number }) => (low + high) / 2;

/** The reliability diagram of each network, how many samples it rests on, and the expected calibration error. */
export function CalibrationFigures({ runId, networks, answers, split }: Props) {
  const calibrated: Calibrated[] = networks.flatMap((network) => {
    const calibration = answers.find(({ id }) => id === network.id)?.calibration;
    return calibration ? [{ ...network, calibration }] : [];
  });
  if (calibrated.length === 0) return <p className="text-[0.8125rem] text-muted">No outputs of this split are stored.</p>;
  const bins = calibrated[0]?.calibration.bins ?? [];
  const line = ({ id, name, colour }: Calibrated) => ({ key: id, name, colour, marked: true });
  const right: Series[] = [
    {
      key: 'calibrated',
      name: 'as right as sure',
      colour: '--muted',
      dash: 'dashed',
      width: 1,
      points: bins.map((bin) => [middle(bin), middle(bin)] as const),
    },
    ...calibrated.map((each) => ({
      ...line(each),
      points: each.calibration.bins.flatMap((bin) => (bin.accuracy === null ? [] : [[middle(bin), bin.accuracy] as const])),
    })),
  ];
  const shares: Series[] = calibrated.map((each) => ({
    ...line(each),
    points: each.calibration.bins.map((bin) => [middle(bin), bin.count / each.calibration.samples] as const),
  }));
  const chart = {
    group: `outputs-${runId}`,
    xMax: 1,
    xAxis: { min: 0, name: 'Confidence, %', format: (value: number) => shortPercent(Number(value.toFixed(3))) },
    yInclude: 0,
    format: figure,
    unit: 'percent' as const,
  };
  const said = calibrated.map(({ name, calibration }) => `${name}: ECE ${figure(calibration.ece)}`).join('; ');
  return (
    <section aria-labelledby="calibration">
      <div className="flex items-center justify-between gap-3">
        <h3 id="calibration" className="text-[0.8125rem] font-semibold">
          Calibration
        </h3>
        <CsvButton name={`calibration-${runId}-${split.toLowerCase()}`} rows={() => rowsOf(calibrated)} />
      </div>
      <Legend series={right} />
      <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
        <figure className="min-w-0">
          <figcaption className="text-xs">
            <span className="font-medium">Accuracy, %</span> of the samples in each of {bins.length} bins of confidence
          </figcaption>
          <LineChart
            {...chart}
            height={250}
            series={right}
            label={`Accuracy over confidence. ${said}.`}
            caption="Accuracy, %"
            file={fileName(runId, split, 'reliability')}
          />
        </figure>
        <figure className="min-w-0">
          <figcaption className="text-xs">
            <span className="font-medium">Samples, %</span> in each bin; where few are, the accuracy says little
          </figcaption>
          <LineChart
            {...chart}
            height={250}
            series={shares}
            label="Part of the samples over confidence."
            caption="Samples, %"
            file={fileName(runId, split, 'confidence')}
          />
        </figure>
      </div>
      <div className="overflow-x-auto pt-2">
        <table className="w-full max-w-[44rem] text-[0.8125rem]">
          <thead>
            <tr className="text-right text-xs text-muted [&>th]:h-8 [&>th]:pl-4 [&>th]:font-normal">
              <th scope="col" className="!pl-0 text-left">
                Network
              </th>
              <th scope="col">Samples</th>
              <th scope="col">Accuracy %</th>
              <th scope="col" title="Mean probability of the class that is named; above the accuracy: overconfident">
                Confidence %
              </th>
              <th scope="col" title="Expected calibration error: the mean over samples of |accuracy − confidence| of their bin">
                ECE %
              </th>
            </tr>
          </thead>
          <tbody>
            {calibrated.map(({ id, name, calibration }) => (
              <tr key={id} className="border-t border-line text-right [&>td]:h-9 [&>td]:pl-4">
                <th scope="row" className="text-left font-medium">
                  {name}
                </th>
                <td>{wholeNumber(calibration.samples)}</td>
                <td>{percent(calibration.accuracy)}</td>
                <td>{percent(calibration.confidence)}</td>
                <td className="font-medium">{percent(calibration.ece)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const rowsOf = (calibrated: readonly Calibrated[]) => [
  ['network', 'confidence above', 'confidence up to', 'samples', 'accuracy', 'mean confidence'],
  ...calibrated.flatMap(({ name, calibration }) =>
    calibration.bins.map(({ low, high, count, accuracy, confidence }) => [name, low, high, count, accuracy, confidence]),
  ),
];
