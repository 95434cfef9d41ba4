import { type BatchReader, epochOrder } from '../data/batches.ts';
import { probeOf } from '../data/probe.ts';
import type { EngineState, Program, TensorData } from '../engine/engine.ts';
import { stateEntries } from '../engine/state-entries.ts';
import type { Evaluated, Part } from '../measures/evaluated.ts';
import { measureAll } from '../measures/measure-all.ts';
import { alignedLayer } from '../methods/method.ts';
import { concatenate } from '../nn/concatenate.ts';
import { Aligner } from './alignment.ts';
import type { Best, Finished, PhaseState } from './checkpoint.ts';
import { cohortState, initialState, parameterCounts, sliceByMember, stateVectors, statisticCounts } from './cohort.ts';
import { EpochMeter } from './epoch-meter.ts';
import { cohortRow, epochRow } from './epoch-rows.ts';
import { Evaluator, type Logits, LogitsError } from './evaluation.ts';
import { TrainingStopped } from './failure.ts';
import { checkFiniteState } from './finite-state.ts';
import { type Optimizer, optimizerOf } from './optimizer.ts';
import type { Permutations } from './permutations.ts';
import type { PhaseContext, PhaseListener, PhasePlan } from './phase-plan.ts';
import { type Scores, scoreCohort } from './scores.ts';
import { skippedIn } from './skipped-steps.ts';
import { memberSpecs, type StepPlan, stateSpecs, stepSignature, teacherState, trainingStep } from './step.ts';
import { type Inputs, StepInputs } from './step-inputs.ts';
import { askBefore, type TeacherLogits } from './teacher-logits.ts';

const PROGRESS_INTERVAL_MS = 250;

/** Trains a set of networks together from their first step, or from a stored state, to the last epoch. */
export class Phase {
  readonly #context: PhaseContext;
  readonly #plan: PhasePlan;
  readonly #listener: PhaseListener;
  readonly #state: EngineState;
  readonly #program: Program;
  readonly #evaluator: Evaluator;
  readonly #optimizer: Optimizer;
  readonly #aligner: Aligner | null;
  /** Training images that are looked at after each epoch; none of a teacher that is trained within the run. */
  readonly #probe: Int32Array;
  readonly #inputs: StepInputs;
  readonly #best: (Best | null)[];
  #permutations: Permutations;
  #meter: EpochMeter;
  #epochsDone: number;
  #lastProgress = 0;

  private constructor(
    context: PhaseContext,
    plan: PhasePlan,
    listener: PhaseListener,
    made: {
      state: EngineState;
      program: Program;
      evaluator: Evaluator;
      optimizer: Optimizer;
      aligner: Aligner | null;
      logits: TeacherLogits | null;
    },
    start: PhaseState | null,
  ) {
    this.#context = context;
    this.#plan = plan;
    this.#listener = listener;
    this.#state = made.state;
    this.#program = made.program;
    this.#evaluator = made.evaluator;
    this.#optimizer = made.optimizer;
    this.#aligner = made.aligner;
    this.#probe = plan.name === 'cohort' ? probeOf(context.split.transfer, context.spec.data.splitSeed) : new Int32Array(0);
    this.#permutations = start?.permutations ?? {};
    const { optimizer, logits } = made;
    this.#inputs = new StepInputs(context, plan, { optimizer, logits, stepsPerCall: this.#program.several?.most ?? 1 });
    this.#best = start === null ? plan.members.map(() => null) : [...start.best];
    this.#epochsDone = start?.epoch ?? 0;
    this.#meter = this.#newMeter();
    if (start !== null) this.#meter.restore(start.meter);
  }

  static async prepare(context: PhaseContext, plan: PhasePlan, listener: PhaseListener, start: PhaseState | null): Promise<Phase> {
    const { engine, spec, seed, split } = context;
    const { batchSize, gradientClipping, labelSmoothing, precision } = spec.training;
    const optimizer = optimizerOf(spec.training.optimizer, gradientClipping);
    const logits = await askBefore(context, plan);
    const given = logits === null ? {} : { teachers: [], givenTeachers: plan.teachers.length };
    const step: StepPlan = { ...plan, ...given, optimizer, batchSize, labelSmoothing, precision };
    const first = start?.state ?? initialState(plan.members, seed, optimizer, precision);
    const values: Record<string, Float32Array> = { ...stateVectors(first) };
    // Teachers whose logits are computed before are no part of the step's state.
    plan.teachers.forEach((teacher, index) => {
      values[teacherState(index).weights] = teacher.weights;
      values[teacherState(index).statistics] = teacher.statistics;
    });
    const state = engine.createState(stateEntries(stateSpecs(step), values));
    const program = await engine.prepare(`${plan.name} step`, stepSignature(step), trainingStep(step));
    const evaluator = await Evaluator.prepare(
      engine,
      `${plan.name} evaluation`,
      plan.members,
      split.validation.length || probeOf(plan.samples, 0).length,
    );
    const layer = alignedLayer(plan.method);
    const probe = probeOf(plan.samples, spec.data.splitSeed);
    const aligner = layer === null ? null : await Aligner.prepare(engine, plan.members, layer, context.trainReader, probe);
    return new Phase(context, plan, listener, { state, program, evaluator, optimizer, aligner, logits }, start);
  }

  /** Milliseconds that making its step took. */
  get compileMs(): number {
    return this.#program.compileMs;
  }

  /** @throws TrainingStopped, TrainingError */
  async run(): Promise<void> {
    while (this.#epochsDone < this.#plan.epochs) await this.#epoch(this.#epochsDone + 1);
  }

  /** The networks' selected and last weights. */
  async finished(): Promise<Finished[]> {
    const last = await this.#weights();
    return this.#plan.members.map(({ index }, place) => {
      const own = last[place] as (typeof last)[number];
      const best = this.#best[place] ?? { ...own, epoch: this.#plan.epochs };
      const selected = { weights: best.weights, statistics: best.statistics };
      return { index, selectedEpoch: best.epoch, lastEpoch: this.#plan.epochs, selected, last: own };
    });
  }

  async dispose(): Promise<void> {
    this.#state.dispose();
    await Promise.all([this.#program.dispose(), this.#evaluator.dispose(), this.#aligner?.dispose()]);
  }

  #newMeter(): EpochMeter {
    return new EpochMeter(this.#plan.method, this.#plan.members.length, this.#context.spec.training.batchSize);
  }

  async #epoch(epoch: number): Promise<void> {
    const started = performance.now();
    const stepsBefore = this.#meter.steps;
    await this.#trainEpoch(epoch, started);
    const trainSeconds = (performance.now() - started) / 1000;
    const validation = await this.#validate();
    const scores = validation?.scores;
    if (this.#context.spec.training.selection === 'BEST_VALIDATION') await this.#select(epoch, scores?.networks ?? []);
    const measured = measureAll({ ...this.#evaluated(validation), probe: await this.#lookAtProbe() }, 'epoch');
    for (const text of measured.leftOut) this.#listener.warn(`epoch ${epoch}: ${text}`);
    const images = (this.#meter.steps - stepsBefore) * this.#context.spec.training.batchSize;
    const learningRate = this.#inputs.learningRate(epoch, 0);
    const speed = { learningRate, imagesPerSecond: images / trainSeconds, seconds: (performance.now() - started) / 1000 };
    const rows = this.#plan.members.map(({ index }, place) =>
      epochRow(
        index,
        epoch,
        this.#meter.figures(place),
        { scores: scores?.networks[place] ?? null, measurements: measured.networks[place] ?? [] },
        speed,
      ),
    );
    this.#epochsDone = epoch;
    this.#meter = this.#newMeter();
    const ensemble = this.#plan.name === 'cohort' ? (scores?.ensemble ?? null) : null;
    await this.#listener.epoch(rows, ensemble === null ? null : cohortRow(epoch, ensemble, measured.cohort), () => this.#snapshot());
  }

  async #trainEpoch(epoch: number, started: number): Promise<void> {
    const order = epochOrder(this.#plan.samples, this.#context.seed, epoch);
    const indices = this.#plan.members.map(({ index }) => index);
    const first = this.#meter.steps;
    // Resumed within the epoch, the stored ones go on: the weights they were found from are gone.
    if (this.#aligner !== null && first === 0) this.#permutations = await this.#aligner.find(this.#state, () => this.#leaveIfAsked());
    let next = this.#inputs.load(order, epoch, first);
    while (next.length > 0) {
      await this.#leaveIfAsked();
      const running = this.#runSteps(next);
      // The next batches are assembled while the engine computes these.
      next = this.#inputs.load(order, epoch, this.#meter.steps + next.length);
      for (const outputs of await running) {
        this.#meter.add(outputs.metrics as Float32Array, epoch, indices);
        for (const text of skippedIn(outputs, { epoch, step: this.#meter.steps }, indices)) this.#listener.inform(text);
      }
      this.#progress(epoch, started, first);
    }
    await this.#leaveIfAsked();
  }

  /** Takes the steps of one call. */
  async #runSteps(given: readonly Inputs[]): Promise<Readonly<Record<string, TensorData>>[]> {
    const inputs = given.map((own) => ({ ...own, ...this.#permutations }));
    const { several } = this.#program;
    if (several !== undefined) return several.run(this.#state, inputs);
    return [await this.#program.run(this.#state, inputs[0] as Inputs)];
  }

  async #leaveIfAsked(): Promise<void> {
    if (!this.#context.signal.aborted) return;
    await this.#listener.stopped(() => this.#snapshot());
    throw new TrainingStopped(`stopped in epoch ${this.#epochsDone + 1} after ${this.#meter.steps} of ${this.#inputs.stepsPerEpoch} steps`);
  }

  #progress(epoch: number, started: number, first: number): void {
    const now = performance.now();
    const { steps } = this.#meter;
    if (now - this.#lastProgress < PROGRESS_INTERVAL_MS && steps < this.#inputs.stepsPerEpoch) return;
    this.#lastProgress = now;
    const seconds = (now - started) / 1000;
    this.#listener.progress({
      phase: this.#plan.name,
      epoch,
      epochs: this.#plan.epochs,
      step: steps,
      steps: this.#inputs.stepsPerEpoch,
      loss: this.#meter.loss,
      imagesPerSecond: ((steps - first) * this.#context.spec.training.batchSize) / seconds,
    });
  }

  /** Null without a validation split. */
  async #validate(): Promise<Part | null> {
    const { split, trainReader, validationLabels: labels } = this.#context;
    if (split.validation.length === 0) return null;
    const logits = await this.evaluate(trainReader, split.validation, `in the validation ${this.#when()}`, () => this.#leaveIfAsked());
    return { logits, labels, scores: scoreCohort(logits, labels) };
  }

  async #lookAtProbe(): Promise<Part | null> {
    if (this.#probe.length === 0) return null;
    const logits = await this.evaluate(this.#context.trainReader, this.#probe, `on the probe ${this.#when()}`, async () => {});
    const labels = this.#probe.map((index) => this.#context.trainLabels[index] as number);
    return { logits, labels, scores: scoreCohort(logits, labels) };
  }

  #evaluated(validation: Part | null): Evaluated {
    const { spec, classes } = this.#context;
    return { parts: { VALIDATION: validation }, classes, withheld: spec.data.withheldClasses, sawAll: this.#plan.name === 'teacher' };
  }

  /**
   * Logits of every member on any samples, under the state as it stands.
   *
   * @throws TrainingError (permanent) where they, or the weights, are not finite.
   */
  async evaluate(reader: BatchReader, indices: Int32Array, where: string, beforeBatch: () => Promise<void>): Promise<Logits> {
    try {
      return await this.#evaluator.run(this.#state, reader, indices, { who: 'network', where }, beforeBatch);
    } catch (error) {
      // Weights that are not finite are the cause, and are reported first.
      if (error instanceof LogitsError) await this.#read();
      throw error;
    }
  }

  /** Puts the selected weights in place of the last ones. */
  async restore(finished: readonly Finished[]): Promise<void> {
    const weights = concatenate(finished.map(({ selected }) => selected.weights));
    const statistics = concatenate(finished.map(({ selected }) => selected.statistics));
    await this.#state.write(statistics.length > 0 ? { weights, statistics } : { weights });
  }

  /** Keeps the weights of each network that is better on validation than ever before. */
  async #select(epoch: number, scores: readonly Scores[]): Promise<void> {
    const better = scores.flatMap(({ accuracy }, place) => (accuracy > (this.#best[place]?.accuracy ?? -1) ? [{ place, accuracy }] : []));
    if (better.length === 0) return;
    const weights = await this.#weights();
    for (const { place, accuracy } of better) this.#best[place] = { epoch, accuracy, ...(weights[place] as (typeof weights)[number]) };
  }

  async #weights(): Promise<{ weights: Float32Array; statistics: Float32Array }[]> {
    const { weights, statistics } = await this.#read();
    const ownWeights = sliceByMember(weights, parameterCounts(this.#plan.members));
    const ownStatistics = sliceByMember(statistics, statisticCounts(this.#plan.members));
    return ownWeights.map((own, place) => ({ weights: own.slice(), statistics: (ownStatistics[place] as Float32Array).slice() }));
  }

  /** The state as it stands, for whatever is made of it: checkpoint, selection, result. @throws TrainingError (permanent) unless it is finite */
  async #read(): Promise<PhaseState['state']> {
    const { precision } = this.#context.spec.training;
    const held = Object.keys(memberSpecs({ members: this.#plan.members, optimizer: this.#optimizer, precision }));
    const state = cohortState((await this.#state.read(held)) as Record<string, Float32Array>);
    checkFiniteState(this.#plan.members, state, this.#when());
    return state;
  }

  /** How far training has come, for errors. */
  #when(): string {
    const { steps } = this.#meter;
    if (steps === 0) return `after epoch ${this.#epochsDone}`;
    const under = this.#epochsDone + 1;
    return steps === this.#inputs.stepsPerEpoch ? `after epoch ${under}` : `in epoch ${under} after step ${steps}`;
  }

  async #snapshot(): Promise<PhaseState> {
    return {
      epoch: this.#epochsDone,
      meter: this.#meter.snapshot(),
      state: await this.#read(),
      permutations: this.#permutations,
      best: [...this.#best],
    };
  }
}
