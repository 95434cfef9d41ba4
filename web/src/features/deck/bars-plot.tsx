import type { Estimate } from '@studyhall/contract/statistics/estimate.ts';
import type { Spread } from '@studyhall/contract/statistics/spread.ts';
import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import { points } from '@/lib/format/number.ts';
import { reach } from '@/lib/statistics/reach.ts';
import { niceScale, type Scale } from '@/lib/statistics/scale.ts';
import { IntervalAxis, IntervalPlot } from '@/ui/chart/interval-plot.tsx';
import { methodColour } from '@/ui/chart/method-style.ts';
import { cx } from '@/ui/cx.ts';
import { SeedCount } from '@/ui/seed-count.tsx';
import { drawnMembers } from './drawn-members.ts';
import { memberName, metrics } from './metric.ts';
import type { PlotSettings } from './plot-settings.ts';
import type { Result } from './run-figures.ts';
import type { Group } from './use-system.ts';

type Props = { plot: PlotSettings; groups: readonly Group[] };
type Bar = { key: string; name: string; colour: string; value: Spread; gain: Estimate | null; seeds: { seed: number; value: number }[] };

/** Axis and plots end where the number of seeds has its room. */
const besideCount = 'relative block min-w-0 pr-10';

/** Every group's members on one axis, mean ± sd, and what each gained over its independent twin. */
export function BarsPlot({ plot, groups }: Props) {
  const metric = metrics[plot.metric];
  const bars = groups.flatMap((group) =>
    drawnMembers(group, plot.members).flatMap((result): Bar[] => {
      const value = metric.of(result);
      return value
        ? [
            {
              key: `${group.key} ${result.network}`,
              name: metric.ofPairs && result.network === null ? `${group.title}, its pairs` : memberName(group, result),
              colour: methodColour(group.method),
              value,
              gain: gainOf(result, plot),
              seeds: seedsOf(result, plot),
            },
          ]
        : [];
    }),
  );
  if (bars.length === 0) return null;
  const scale = niceScale(
    bars.flatMap(({ value, seeds }) => [value.mean - (value.sd ?? 0), value.mean + (value.sd ?? 0), ...seeds.map((seed) => seed.value)]),
    { parts: metric.axis === 'percent' },
  );
  const gains = bars.flatMap(({ gain }) => (gain ? [gain] : []));
  const gainScale = niceScale([0, ...gains.flatMap((gain) => [gain.mean - reach(gain), gain.mean + reach(gain)])]);
  const paired = gains.length > 0;
  const columns = cx('grid gap-x-6 lg:gap-x-8', paired ? 'grid-cols-2 lg:grid-cols-[15rem_1fr_1fr]' : 'lg:grid-cols-[15rem_1fr]');
  return (
    <section aria-label="Plot" className="mt-8">
      <div className={cx(columns, 'items-end border-b border-line-strong pb-1')}>
        <h3 className="col-span-full font-semibold lg:col-span-1">Plot</h3>
        <div className="min-w-0">
          <p className="text-2xs text-faint">{metric.name}, mean ± sd over seeds</p>
          <IntervalAxis scale={scale} unit={metric.axis} />
        </div>
        {paired ? (
          <div className={besideCount}>
            <p className="text-2xs text-faint">
              {plot.metric === 'TEST_ACCURACY' ? 'test' : 'validation'} gain over the independent twin, points, with its 95 % interval
            </p>
            <IntervalAxis scale={gainScale} unit="points" />
          </div>
        ) : null}
      </div>
      <ul>
        {bars.map((bar) => (
          <li key={bar.key} className={cx(columns, 'items-center border-b border-line py-1')}>
            <span className="col-span-full text-[0.8125rem] [overflow-wrap:anywhere] lg:col-span-1">{bar.name}</span>
            <IntervalPlot
              scale={scale}
              colour={bar.colour}
              mean={bar.value.mean}
              half={bar.value.sd}
              seeds={bar.seeds}
              hollow={bar.value.n < 2}
              label={`${bar.name}: ${metric.name.toLowerCase()} ${metric.format(bar.value.mean)} over ${bar.value.n} seeds`}
            />
            {paired ? <Gain gain={bar.gain} scale={gainScale} name={bar.name} colour={bar.colour} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Gain({ gain, scale, name, colour }: { gain: Estimate | null; scale: Scale; name: string; colour: string }) {
  if (!gain) return <span className="text-xs text-faint">a baseline</span>;
  return (
    <span className={besideCount}>
      <IntervalPlot
        scale={scale}
        colour={colour}
        mean={gain.mean}
        half={gain.interval}
        n={gain.n}
        hollow={!isResolved(gain)}
        reference={0}
        label={`${name}: gain ${points(gain.mean)} points over the independent twin, ${gain.n} paired seeds`}
      />
      <SeedCount n={gain.n} className="absolute top-1/2 right-0 -translate-y-1/2" />
    </span>
  );
}

const gainOf = (result: Result, plot: PlotSettings) =>
  plot.metric === 'TEST_ACCURACY' ? result.testGain : plot.metric === 'VALIDATION_ACCURACY' ? result.validationGain : null;

const seedFields: Partial<Record<string, 'validationAccuracy' | 'testAccuracy'>> = {
  VALIDATION_ACCURACY: 'validationAccuracy',
  TEST_ACCURACY: 'testAccuracy',
};

/** Each seed's accuracy, drawn as a tick. */
function seedsOf(result: Result, plot: PlotSettings) {
  const field = seedFields[plot.metric];
  return result.seeds.flatMap((point) => {
    const value = field === undefined ? null : point[field];
    return value === null ? [] : [{ seed: point.seed, value }];
  });
}
