import { written } from '@studyhall/contract/settings/written.ts';
import { quantity } from '../../quantity.ts';
import type {
  CohortRow,
  EpochRow,
  NetworkReport,
  Progress,
  StoredCheckpoint,
  TrainingListener,
  TrainingResult,
} from '../../training/events.ts';
import type { OutputFolder } from './output-folder.ts';

const percent = (fraction: number | null): string => (fraction === null ? '-' : `${(100 * fraction).toFixed(1)} %`);
const nats = (loss: number | null): string => (loss === null ? '-' : loss.toFixed(4));

const epochLine = (row: EpochRow, name: string): string =>
  [
    `epoch ${row.epoch}`,
    name,
    `loss ${nats(row.trainLoss)} (${Object.entries(row.trainTerms)
      .map(([term, value]) => `${term} ${nats(value)}`)
      .join(', ')})`,
    `train ${percent(row.trainAccuracy)}`,
    `validation ${percent(row.validationAccuracy)}`,
    `${row.imagesPerSecond.toFixed(0)} images/s`,
  ].join('  ');

/** Prints a run's progress and keeps its rows in the output folder. */
export class ConsoleReporter implements TrainingListener {
  readonly #output: OutputFolder;
  readonly #live: boolean;
  #names = new Map<number, string>();

  readonly #write: (line: string) => void;

  constructor(output: OutputFolder, write: (line: string) => void = (line) => process.stdout.write(`${line}\n`)) {
    this.#output = output;
    this.#live = process.stderr.isTTY === true;
    this.#write = write;
  }

  log(level: 'INFO' | 'WARN' | 'ERROR', text: string): void {
    this.#print(level === 'INFO' ? text : `${level.toLowerCase()}: ${text}`);
  }

  async networks(networks: NetworkReport[], fingerprint: Record<string, unknown>): Promise<void> {
    this.#names = new Map(
      networks.map(({ index, model, role }) => [index, `${role === 'TEACHER' ? 'teacher' : `network ${index}`} ${model}`]),
    );
    for (const { index, parameters, flops } of networks) {
      this.#print(`${this.#names.get(index)}: ${written(parameters)} parameters, ${quantity(flops ?? 0, '')} multiply-adds`);
    }
    this.#print(`engine: ${Object.values(fingerprint).join(', ')}`);
    await this.#output.networks(networks);
  }

  progress({ phase, epoch, epochs, step, steps, loss, imagesPerSecond }: Progress): void {
    if (!this.#live) return;
    const who = phase === 'teacher' ? 'teacher, ' : '';
    process.stderr.write(
      `\r${who}epoch ${epoch}/${epochs}  step ${step}/${steps}  loss ${nats(loss)}  ${imagesPerSecond?.toFixed(0) ?? '-'} images/s \x1b[K`,
    );
  }

  async epochs(rows: EpochRow[], cohort: CohortRow[], checkpoint: StoredCheckpoint | null): Promise<void> {
    for (const row of rows) this.#print(epochLine(row, this.#names.get(row.network) ?? ''));
    for (const row of cohort) this.#print(`epoch ${row.epoch}  ensemble  validation ${percent(row.ensembleValidationAccuracy)}`);
    await this.#output.epochs(rows, cohort, checkpoint);
  }

  result({ networks, cohort }: TrainingResult): void {
    for (const { index, selectedEpoch, trainAccuracy, validationAccuracy, testAccuracy } of networks) {
      const figures = `train ${percent(trainAccuracy)}, validation ${percent(validationAccuracy)}, test ${percent(testAccuracy)}`;
      this.#print(`${this.#names.get(index)}, epoch ${selectedEpoch}: ${figures}`);
    }
    if (cohort !== null)
      this.#print(`ensemble: validation ${percent(cohort.ensembleValidationAccuracy)}, test ${percent(cohort.ensembleTestAccuracy)}`);
    this.#print(`written to ${this.#output.path}`);
  }

  #print(line: string): void {
    if (this.#live) process.stderr.write('\r\x1b[K');
    this.#write(line);
  }
}
