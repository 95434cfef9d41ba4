import { rm } from 'node:fs/promises';
import { written } from '@studyhall/contract/settings/written.ts';
import { alive } from '../alive.ts';
import type { Engine } from '../engine/engine.ts';
import { expectRounding } from '../engine/half/expect-rounding.ts';
import type { Half } from '../engine/half/half.ts';
import { watched } from '../engine/watched.ts';
import { independent } from '../methods/independent.ts';
import { roleOf } from '../methods/method.ts';
import { initialWeights, weightsHash } from '../nn/initialise.ts';
import { CANCEL } from '../work-failure.ts';
import { type Checkpoint, type Finished, type PhaseState, packCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { FrozenMember, Member } from './cohort.ts';
import type { NetworkReport, StoredCheckpoint, TrainingListener, TrainingResult } from './events.ts';
import { TrainingStopped } from './failure.ts';
import type { TrainingJob } from './job.ts';
import { Phase } from './phase.ts';
import type { PhaseContext, PhaseListener, PhasePlan } from './phase-plan.ts';
import { formatOf } from './precision.ts';
import type { Prepared } from './prepare.ts';
import { type Concluded, concludeMembers, type Evaluate, evaluateFinished, type MemberResults } from './results.ts';
import { storeFile } from './stored-file.ts';

/** One run under way: first the teachers it trains itself, if any, then its cohort. */
export class TrainingRun {
  readonly #job: TrainingJob;
  readonly #prepared: Prepared;
  readonly #earlierTeachers: readonly FrozenMember[];
  readonly #engine: Engine;
  readonly #listener: TrainingListener;
  readonly #signal: AbortSignal;
  #lastCheckpoint: string | null = null;

  constructor(
    job: TrainingJob,
    prepared: Prepared,
    earlierTeachers: readonly FrozenMember[],
    engine: Engine,
    listener: TrainingListener,
    signal: AbortSignal,
  ) {
    this.#job = job;
    this.#prepared = prepared;
    this.#earlierTeachers = earlierTeachers;
    this.#engine = watched(engine);
    this.#listener = listener;
    this.#signal = signal;
  }

  /** @throws TrainingError, TrainingStopped */
  async run(): Promise<TrainingResult> {
    const { checkpoint } = this.#job;
    const from = checkpoint ? await readCheckpoint(checkpoint.path, [this.#prepared.identity, this.#prepared.formerIdentity]) : null;
    const format = formatOf(this.#prepared.spec.training.precision);
    if (format !== null) await expectRounding(this.#engine, format);
    await this.#listener.networks(this.#reports(), this.#fingerprintWith(format));
    this.#logBeginning(from);
    const teachers = from?.phase === 'cohort' ? from.teachers : await this.#trainTeachers(from?.current ?? null);
    const cohort = await this.#trainCohort(teachers, from?.phase === 'cohort' ? from.current : null);
    const taught = await this.#concludeTeachers(teachers);
    return {
      networks: [...cohort.networks, ...taught.networks],
      cohort: cohort.cohort,
      artifacts: [...cohort.artifacts, ...taught.artifacts],
    };
  }

  /** What the numbers depend on. Precision is named where it is not float32: so it was before there was another. */
  #fingerprintWith(format: Half | null): Record<string, unknown> {
    return { ...this.#engine.fingerprint, ...(format === null ? {} : { products: format }) };
  }

  #logBeginning(from: Checkpoint | null): void {
    const { dataset, split } = this.#prepared;
    const { name, fingerprint } = this.#engine;
    const { train, transfer, labelled, validation } = split;
    const parts = [
      labelled.length < train.length ? [`${written(labelled.length)} of them with their label`] : [],
      transfer.length < train.length ? [`${written(transfer.length)} without the withheld classes`] : [],
    ].flat();
    const training = `${written(train.length)} training${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
    const samples = `${training}, ${written(validation.length)} validation and ${written(dataset.test.size)} test samples`;
    this.#log(`${dataset.name}: ${samples}; engine ${name}, ${fingerprint.threads} threads, ${fingerprint.runtime}`);
    if (dataset.remark !== undefined) this.#listener.log('WARN', `${dataset.name}: ${dataset.remark}`);
    if (from) this.#log(`going on from the checkpoint after epoch ${from.current.epoch} of the ${from.phase}`);
  }

  #logPhase({ name, members, epochs }: PhasePlan, phase: Phase): void {
    const models = members.map(({ network }) => network.model).join(', ');
    this.#log(
      `${name} (${models}) trains for ${written(epochs)} epochs; its step was compiled in ${written(Math.round(phase.compileMs))} ms`,
    );
  }

  #log(text: string): void {
    this.#listener.log('INFO', text);
  }

  #reports(): NetworkReport[] {
    const { cohort, trainedTeachers, method, seed } = this.#prepared;
    const report = ({ index, view, network }: Member, role: NetworkReport['role']): NetworkReport => {
      alive();
      return {
        index,
        role,
        model: network.model,
        view,
        parameters: network.parameterCount,
        flops: network.multiplyAdds,
        initHash: weightsHash(initialWeights(network, seed, index)),
      };
    };
    return [...cohort.map((member) => report(member, roleOf(method))), ...trainedTeachers.map(({ member }) => report(member, 'TEACHER'))];
  }

  get #context(): PhaseContext {
    const { spec, seed, split, trainReader, dataset } = this.#prepared;
    const validationLabels = split.validation.map((index) => dataset.train.labels[index] as number);
    const classes = dataset.classes.length;
    return {
      spec,
      seed,
      engine: this.#engine,
      signal: this.#signal,
      split,
      trainReader,
      validationLabels,
      trainLabels: dataset.train.labels,
      classes,
    };
  }

  get #teacherMembers(): Member[] {
    return this.#prepared.trainedTeachers.map(({ member }) => member);
  }

  async #trainTeachers(start: PhaseState | null): Promise<readonly Finished[]> {
    // All of them for as many epochs: a spec that says otherwise was refused.
    const [first] = this.#prepared.trainedTeachers;
    if (first === undefined) return [];
    const { train: samples } = this.#prepared.split;
    const members = this.#teacherMembers;
    const plan: PhasePlan = { name: 'teacher', members, teachers: [], method: independent(), epochs: first.epochs, samples };
    const phase = await Phase.prepare(this.#context, plan, this.#phaseListener(plan, []), start);
    this.#logPhase(plan, phase);
    try {
      await phase.run();
      return await phase.finished();
    } finally {
      await phase.dispose();
    }
  }

  async #trainCohort(trained: readonly Finished[], start: PhaseState | null): Promise<MemberResults> {
    const { cohort, method, spec, split } = this.#prepared;
    const { epochs } = spec.training;
    const plan: PhasePlan = {
      name: 'cohort',
      members: cohort,
      teachers: this.#teachers(trained),
      method,
      epochs,
      samples: split.transfer,
    };
    const phase = await Phase.prepare(this.#context, plan, this.#phaseListener(plan, trained), start);
    this.#logPhase(plan, phase);
    try {
      await phase.run();
      const finished = await phase.finished();
      await phase.restore(finished);
      const evaluate = phase.evaluate.bind(phase);
      const done: Concluded = { members: cohort, finished, samples: split.transfer };
      return await this.#conclude(done, evaluate);
    } finally {
      await phase.dispose();
    }
  }

  async #concludeTeachers(trained: readonly Finished[]): Promise<MemberResults> {
    if (trained.length === 0) return { networks: [], cohort: null, artifacts: [], leftOut: [] };
    const members = this.#teacherMembers;
    const done: Concluded = { members, finished: trained, samples: this.#prepared.split.train };
    return evaluateFinished(this.#engine, members, trained, (evaluate) => this.#conclude(done, evaluate));
  }

  async #conclude(done: Concluded, evaluate: Evaluate): Promise<MemberResults> {
    const results = await concludeMembers(this.#prepared, this.#job.workDir, done, evaluate, () => this.#leaveIfAsked());
    for (const text of results.leftOut) this.#listener.log('WARN', text);
    return results;
  }

  /** The teachers in the spec's order: trained here, or read from an earlier run. */
  #teachers(trained: readonly Finished[]): FrozenMember[] {
    const earlier = [...this.#earlierTeachers];
    const own = trained.map(({ selected }, place): FrozenMember => {
      const { view, network } = this.#teacherMembers[place] as Member;
      return { view, network, ...selected };
    });
    return this.#prepared.method.teachers.map(({ settings }) => (settings.trained === undefined ? earlier : own).shift() as FrozenMember);
  }

  #phaseListener(plan: PhasePlan, teachers: readonly Finished[]): PhaseListener {
    const store = (state: PhaseState) => this.#store({ identity: this.#prepared.identity, phase: plan.name, current: state, teachers });
    return {
      progress: (progress) => this.#listener.progress(progress),
      inform: (text) => this.#log(text),
      warn: (text) => this.#listener.log('WARN', text),
      epoch: async (rows, cohort, snapshot) => {
        const epoch = rows[0]?.epoch ?? 0;
        const due = epoch % this.#job.checkpointEvery === 0 || epoch === plan.epochs;
        await this.#tell(rows, cohort === null ? [] : [cohort], due ? await store(await snapshot()) : null);
      },
      stopped: async (snapshot) => {
        if (this.#signal.reason !== CANCEL) await this.#tell([], [], await store(await snapshot()));
      },
    };
  }

  async #store(checkpoint: Checkpoint): Promise<StoredCheckpoint> {
    const { phase, current, teachers } = checkpoint;
    const file = await storeFile(this.#job.workDir, `checkpoint-${phase}-${current.epoch}`, packCheckpoint(checkpoint));
    if (phase === 'teacher') return { epoch: 0, teacherEpoch: current.epoch, file };
    return { epoch: current.epoch, teacherEpoch: teachers[0]?.lastEpoch ?? null, file };
  }

  /** The one before is removed only when the listener has the new one. */
  async #tell(...[rows, cohort, checkpoint]: Parameters<TrainingListener['epochs']>): Promise<void> {
    await this.#listener.epochs(rows, cohort, checkpoint);
    if (checkpoint === null) return;
    const before = this.#lastCheckpoint;
    this.#lastCheckpoint = checkpoint.file.path;
    if (before !== null && before !== checkpoint.file.path) await rm(before, { force: true });
  }

  async #leaveIfAsked(): Promise<void> {
    if (this.#signal.aborted) throw new TrainingStopped('stopped while the selected networks were evaluated');
  }
}
