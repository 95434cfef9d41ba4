import Link from 'next/link';
import { unmask } from '@/generated/fragment-masking.ts';
import { type AnalysisStateFragment, AnalysisStateFragmentDoc, type FleetTrainerFragment } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { Ago } from '@/ui/ago.tsx';
import { AnalysisProgress } from '@/ui/analysis/analysis-progress.tsx';
import { kindNames } from '@/ui/analysis/kinds.ts';
import { Cut } from '@/ui/cut.tsx';
import { cx } from '@/ui/cx.ts';
import { RunProgress } from '@/ui/run-progress.tsx';
import { TrainerControls } from './trainer-controls.tsx';
import { TrainerSpeed } from './trainer-speed.tsx';

const states: Record<FleetTrainerFragment['state'], { name: string; dot: string }> = {
  ONLINE: { name: 'Online', dot: 'bg-accent' },
  STOPPING: { name: 'Finishing, takes nothing new', dot: 'bg-warn' },
  OFFLINE: { name: 'Offline', dot: 'border border-faint' },
};

/** A trainer: what it is on the left, what it runs on the right. */
export function TrainerLine({ trainer }: { trainer: FleetTrainerFragment }) {
  const state = states[trainer.state];
  const offline = trainer.state === 'OFFLINE';
  const analysing = trainer.analysing.map((analysis) => unmask(AnalysisStateFragmentDoc, analysis));
  const used = trainer.running.length + analysing.length;
  const free = Math.max(0, trainer.slots - used);
  return (
    <li className="grid gap-x-10 gap-y-3 border-b border-line py-4 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="min-w-0">
        <h2 className={cx('flex items-center gap-2 text-[0.9375rem] font-semibold', offline && 'text-muted')}>
          <span aria-hidden className={cx('size-2 shrink-0 rounded-full', state.dot)} />
          <Cut text={trainer.name} />
          <span className="text-xs font-normal text-muted">
            {state.name}
            {trainer.draining ? ', drained: takes nothing new' : ''}
          </span>
        </h2>
        <dl className="mt-1.5 grid grid-cols-[5.5rem_minmax(0,1fr)] gap-y-0.5 text-[0.8125rem] [&>dt]:text-muted">
          <dt>Device</dt>
          <dd className="[overflow-wrap:anywhere]">{trainer.device}</dd>
          <dt>Engine</dt>
          <dd>
            {trainer.engine} <OtherEngines trainer={trainer} />
          </dd>
          <dt>Host</dt>
          <dd className="truncate" title={`${trainer.host}, version ${trainer.version}`}>
            {trainer.host} <span className="text-xs text-faint">version {trainer.version}</span>
          </dd>
          <dt>Datasets</dt>
          <dd className="[overflow-wrap:anywhere]">{trainer.datasets.map((dataset) => dataset.name).join(', ') || 'none'}</dd>
          {trainer.leftOut.length > 0 ? (
            <>
              <dt>Left out</dt>
              <dd>
                <ul className="space-y-0.5 [overflow-wrap:anywhere]">
                  {trainer.leftOut.map(({ name, reason }) => (
                    <li key={name}>
                      {name} <span className="text-xs text-muted">{reason}</span>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          ) : null}
          <dt>Speed</dt>
          <dd>
            <TrainerSpeed benchmarks={trainer.benchmarks} />
          </dd>
          <dt>Last seen</dt>
          <dd>
            <Ago at={trainer.lastSeenAt} />
          </dd>
        </dl>
        <TrainerControls trainer={trainer} />
      </div>
      <div className="min-w-0 lg:pt-0.5">
        <p className="text-xs text-muted">
          {used} of {trainer.slots} {trainer.slots === 1 ? 'slot' : 'slots'} in use
        </p>
        <ul className="mt-1.5 space-y-2.5">
          {trainer.running.map((run) => (
            <li key={run.id} className="grid items-center gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
              <Link href={paths.run(run.id)} title={`${run.label}, seed ${run.seed}`} className={cx(workName, 'hover:text-accent')}>
                <span className="truncate">{run.label}</span> <span className="shrink-0 font-normal text-muted">seed {run.seed}</span>
              </Link>
              <RunProgress run={run} />
            </li>
          ))}
          {analysing.map((analysis) => (
            <li key={analysis.id} className="grid items-center gap-x-6 gap-y-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
              <AnalysedName analysis={analysis} />
              <AnalysisProgress analysis={analysis} />
            </li>
          ))}
          {offline
            ? null
            : slots.slice(0, free).map((slot) => (
                <li key={slot} className="h-8 border border-dashed border-line px-3 text-xs leading-8 text-faint">
                  free
                </li>
              ))}
        </ul>
      </div>
    </li>
  );
}

/** What is at work, in one line: what tells it from its like is not cut off. A finger can hit it. */
const workName = 'flex min-w-0 items-center gap-1 text-[0.8125rem] font-medium coarse:min-h-11';

/** What a run may ask for by name there; the reference is everywhere, and nobody trains with it. */
function OtherEngines({ trainer: { engine, engines } }: { trainer: Pick<FleetTrainerFragment, 'engine' | 'engines'> }) {
  const others = engines.filter((name) => name !== engine && name !== 'reference');
  return others.length === 0 ? null : <span className="text-xs text-muted">also {others.join(', ')}</span>;
}

/** What is asked, and of which run; that leads to it. */
function AnalysedName({ analysis: { kind, networks } }: { analysis: AnalysisStateFragment }) {
  const [first] = networks;
  const name = (
    <>
      <span className="shrink-0">{kindNames[kind].name}</span> <span className="truncate font-normal text-muted">of {first?.label}</span>
    </>
  );
  if (!first?.run) return <span className={workName}>{name}</span>;
  return (
    <Link href={paths.run(first.run.id)} title={first.label} className={cx(workName, 'hover:text-accent')}>
      {name}
    </Link>
  );
}

/** Names for up to eight free slots; more are not worth drawing. */
const slots = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
