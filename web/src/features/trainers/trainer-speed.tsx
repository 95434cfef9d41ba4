import type { FleetTrainerFragment } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { Ago } from '@/ui/ago.tsx';

type Benchmark = FleetTrainerFragment['benchmarks'][number];

/** What a trainer's engines reach: a line per network, the engines beside each other, the fastest first. */
export function TrainerSpeed({ benchmarks }: { benchmarks: readonly Benchmark[] }) {
  const newest = benchmarks.reduce<string | null>((at, own) => (at === null || own.measuredAt > at ? own.measuredAt : at), null);
  if (newest === null) return <span className="text-muted">not measured yet</span>;
  const models = [...new Set(benchmarks.map(({ model }) => model))];
  return (
    <table className="w-full">
      <caption className="sr-only">Training speed by network and engine</caption>
      <tbody>
        {models.map((model) =>
          benchmarks
            .filter((own) => own.model === model)
            .toSorted((one, other) => one.stepMs / one.batchSize - other.stepMs / other.batchSize)
            .map((own, index) => (
              <tr key={own.engine} className="align-baseline">
                <th scope="row" className="pr-3 text-left font-normal min-[380px]:whitespace-nowrap">
                  {index === 0 ? model : <span className="sr-only">{model}</span>}
                </th>
                <td className="pr-3 text-xs whitespace-nowrap text-muted">{own.engine}</td>
                <td
                  className="text-right whitespace-nowrap tabular-nums"
                  title={`${own.stepMs.toFixed(1)} ms for a step of ${own.batchSize}, compiled in ${wholeNumber(own.compileMs)} ms`}
                >
                  {own.imagesPerSecond === null ? '–' : wholeNumber(own.imagesPerSecond)}{' '}
                  <span className="text-xs text-muted max-sm:sr-only">images/s</span>
                </td>
              </tr>
            )),
        )}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={3} className="text-xs text-faint">
            <span aria-hidden className="sm:hidden">
              images/s,{' '}
            </span>
            training on 32 × 32 pictures, measured <Ago at={newest} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
