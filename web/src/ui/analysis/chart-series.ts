import type { Series } from '@/ui/chart/series.ts';
import { bandLimits } from './band-limits.ts';
import type { Chart } from './csv.ts';

/** A chart's lines: the colour is the network's, as on all charts of the answer; training is dashed, as there. */
export function seriesOf({ lines, x, percent }: Chart, colourOf: (network: number) => string): Series[] {
  const { floor, ceiling } = bandLimits(
    lines.flatMap(({ values }) => values),
    percent,
  );
  return lines.map((line, place): Series => {
    const { low, high } = line;
    const known = x.flatMap((at, k) => (line.values[k] == null ? [] : [[at, line.values[k] as number] as const]));
    return {
      key: `${place}`,
      name: line.label,
      colour: colourOf(line.network ?? place),
      dash: line.network !== null && line.split === 'TRAIN' ? 'dashed' : 'solid',
      points: known,
      ...(low && high
        ? {
            band: x.flatMap((at, k) =>
              low[k] == null || high[k] == null
                ? []
                : [[at, Math.max(floor, low[k] as number), Math.min(ceiling, high[k] as number)] as const],
            ),
          }
        : {}),
    };
  });
}
