import { useDeferredValue, useMemo, useState } from 'react';
import { NetworkConfusionDocument, NetworkSoftLabelsDocument } from '@/generated/graphql.ts';
import type { bySuperclass, NamedClass } from '@/lib/classes/by-superclass.ts';
import { percent } from '@/lib/format/number.ts';
import { Select } from '@/ui/input.tsx';
import { Segmented } from '@/ui/segmented.tsx';
import { TemperatureSlider } from '@/ui/temperature-slider.tsx';
import { ClassMatrix } from './class-matrix.tsx';
import { confusions } from './confusions.ts';
import type { NetworkChoice } from './network-choices.ts';
import { Unanswered } from './unanswered.tsx';
import { useAnswer } from './use-answer.ts';

type Props = {
  networks: readonly NetworkChoice[];
  classes: readonly NamedClass[];
  order: ReturnType<typeof bySuperclass>;
  split: 'VALIDATION' | 'TEST';
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The square root keeps what is rare, which all of this is about, in sight. */
const shadeOfCount = (value: number, row: readonly number[]) => Math.sqrt(value / Math.max(1, sum(row)));

/** What a network takes each class for: by its answers, or by its softened outputs. */
export function ClassFigures({ networks, classes, order, split }: Props) {
  const [asked, setAsked] = useState('');
  const [kind, setKind] = useState<'confusion' | 'soft'>('confusion');
  const [temperature, setTemperature] = useState(4);
  const network = networks.find(({ id }) => id === asked) ?? networks[0];
  // Soft labels are of the validation split alone.
  const soft = kind === 'soft' && split === 'VALIDATION';
  const settled = useDeferredValue(temperature);
  const counted = useAnswer(NetworkConfusionDocument, network && !soft ? { id: network.id, split } : null);
  const softened = useAnswer(NetworkSoftLabelsDocument, network && soft ? { id: network.id, temperature: settled } : null);
  const { error, loading, again } = soft ? softened : counted;
  const ofCounts = counted.data?.node;
  const ofOutputs = softened.data?.node;
  const confusion = ofCounts && 'confusion' in ofCounts ? ofCounts.confusion : null;
  const softLabels = ofOutputs && 'softLabels' in ofOutputs ? ofOutputs.softLabels : null;
  const matrix = soft ? softLabels : confusion;
  // Against the largest of all: a high temperature leaves none that is dark by itself.
  const shadeOfProbability = useMemo(() => {
    const most = Math.max(Number.MIN_VALUE, ...(softLabels ?? []).flat());
    return (value: number) => Math.sqrt(value / most);
  }, [softLabels]);
  if (!network) return null;
  return (
    <section aria-labelledby="confusion">
      <h3 id="confusion" className="text-[0.8125rem] font-semibold">
        What each class is taken for
      </h3>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
        <Select aria-label="Whose confusions" value={network.id} onChange={(event) => setAsked(event.target.value)} className="max-w-full">
          {networks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        {split === 'VALIDATION' ? (
          <Segmented
            label="What is shown"
            value={kind}
            options={[
              { value: 'confusion', label: 'Answers' },
              { value: 'soft', label: 'Soft labels' },
            ]}
            onChange={setKind}
          />
        ) : null}
        {soft ? <TemperatureSlider temperature={temperature} onChange={setTemperature} /> : null}
      </div>
      {matrix && !error ? (
        <ClassMatrix
          matrix={matrix}
          classes={classes}
          order={order}
          shade={soft ? shadeOfProbability : shadeOfCount}
          say={soft ? (value) => `${percent(value)} % of its output` : (value, row) => counts(value, row)}
          label={soft ? `Mean soft label of each class at T = ${temperature}, ${network.name}.` : `Confusion matrix of ${network.name}.`}
          file={`${soft ? `soft-labels-T${temperature}` : 'confusion'}-${network.id}-${split.toLowerCase()}`}
        />
      ) : (
        <Unanswered error={error} loading={loading} again={again} nothing="No outputs of this split are stored." />
      )}
      {matrix && !soft ? <Confused matrix={matrix} classes={classes} /> : null}
    </section>
  );
}

const counts = (value: number, row: readonly number[]) => `${value} of ${sum(row)} (${percent(value / Math.max(1, sum(row)), 1)} %)`;

/** The confusions that occur most, in words. */
function Confused({ matrix, classes }: { matrix: readonly (readonly number[])[]; classes: readonly NamedClass[] }) {
  const most = confusions(matrix).slice(0, 8);
  if (most.length === 0) return null;
  return (
    <p className="mt-2 max-w-[80ch] text-xs text-muted">
      Most often:{' '}
      {most
        .map(({ truth, taken, count }) => `${classes[truth]?.name} for ${classes[taken]?.name} (${counts(count, matrix[truth] ?? [])})`)
        .join('; ')}
      .
    </p>
  );
}
