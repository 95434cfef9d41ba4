import { useMemo, useState } from 'react';
import { NetworksComparisonDocument } from '@/generated/graphql.ts';
import type { bySuperclass, NamedClass } from '@/lib/classes/by-superclass.ts';
import { percent, significant } from '@/lib/format/number.ts';
import { Select } from '@/ui/input.tsx';
import { ClassMatrix } from './class-matrix.tsx';
import type { NetworkChoice } from './network-choices.ts';
import { Unanswered } from './unanswered.tsx';
import { useAnswer } from './use-answer.ts';

type Props = {
  choices: readonly NetworkChoice[];
  classes: readonly NamedClass[];
  order: ReturnType<typeof bySuperclass>;
  split: 'VALIDATION' | 'TEST';
};

/** How alike two networks are: a cohort's, or a student and its teacher. */
export function PairFigures({ choices, classes, order, split }: Props) {
  const [asked, setAsked] = useState<{ a?: string; b?: string }>({});
  const a = choices.find(({ id }) => id === asked.a) ?? choices.find(({ teacher }) => teacher) ?? choices[0];
  const b = choices.find(({ id }) => id === asked.b && id !== a?.id) ?? choices.find(({ id }) => id !== a?.id);
  const { data, error, loading, again } = useAnswer(NetworksComparisonDocument, a && b ? { a: a.id, b: b.id, split } : null);
  const found = data?.comparison;
  const difference = found?.confusionDifference;
  const shade = useMemo(() => {
    const most = Math.max(1, ...(difference ?? []).flat().map(Math.abs));
    return (value: number) => Math.sign(value) * Math.sqrt(Math.abs(value) / most);
  }, [difference]);
  if (!a || !b) return null;
  const select = (which: 'a' | 'b', value: string) => (
    <Select
      aria-label={which === 'a' ? 'Network A' : 'Network B'}
      value={value}
      onChange={(event) => setAsked({ a: a.id, b: b.id, [which]: event.target.value })}
      className="min-w-0"
    >
      {choices
        .filter(({ id }) => which === 'a' || id !== a.id)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </Select>
  );
  return (
    <section aria-labelledby="agreement">
      <h3 id="agreement" className="text-[0.8125rem] font-semibold">
        How alike two networks are
      </h3>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2 text-[0.8125rem]">
        <span className="inline-flex max-w-full items-center gap-2">A {select('a', a.id)}</span>
        <span className="inline-flex max-w-full items-center gap-2">B {select('b', b.id)}</span>
      </div>
      {found && difference && !error ? (
        <>
          <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-2 text-[0.8125rem] [&_dd]:font-medium [&_dt]:text-xs [&_dt]:text-muted">
            <div>
              <dt>Same answer</dt>
              <dd>{percent(found.agreement)} %</dd>
            </div>
            <div>
              <dt>Mean KL(A ‖ B), nats</dt>
              <dd>{significant(found.meanKl)}</dd>
            </div>
            <div>
              <dt>Mean KL(B ‖ A), nats</dt>
              <dd>{significant(found.meanKlReversed)}</dd>
            </div>
          </dl>
          <p className="mb-2 flex flex-wrap items-center gap-x-4 text-xs text-muted">
            Difference of their answers:
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="size-2.5 bg-[var(--series-1)]" /> A more often
            </span>
            <span className="inline-flex items-center gap-1.5">
              <span aria-hidden className="size-2.5 bg-[var(--series-2)]" /> B more often
            </span>
          </p>
          <ClassMatrix
            matrix={difference}
            classes={classes}
            order={order}
            shade={shade}
            say={(value) =>
              value === 0
                ? 'as often by A as by B'
                : `${Math.abs(value)} ${Math.abs(value) === 1 ? 'sample' : 'samples'} more by ${value > 0 ? 'A' : 'B'}`
            }
            label={`Confusion matrix of ${a.name} less that of ${b.name}.`}
            file={`confusion-difference-${a.id}-${b.id}-${split.toLowerCase()}`}
          />
        </>
      ) : (
        <Unanswered error={error} loading={loading} again={again} nothing="No outputs of this split are stored." />
      )}
    </section>
  );
}
