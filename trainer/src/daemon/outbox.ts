import { EventEmitter, once } from 'node:events';
import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFinal, type Report } from './reports.ts';

export type Entry = { seq: number; report: Report };

/**
 * A job's reports on disk, in the order they were made, until the API has them.
 *
 * `outbox.jsonl` is only ever appended to; `outbox.sent` holds the last entry that was delivered and may lag behind, for every report can
 * be sent twice. Whatever `append` has returned from survives a killed daemon.
 */
export class Outbox {
  readonly #file: FileHandle;
  readonly #sentPath: string;
  readonly #entries: Entry[];
  readonly #changes = new EventEmitter();
  #sent: number;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(file: FileHandle, sentPath: string, entries: Entry[], sent: number) {
    this.#file = file;
    this.#sentPath = sentPath;
    this.#entries = entries;
    this.#sent = sent;
  }

  static async open(folder: string): Promise<Outbox> {
    const file = await open(join(folder, 'outbox.jsonl'), 'a+', 0o600);
    const sentPath = join(folder, 'outbox.sent');
    const sent = Number(await readFile(sentPath, 'utf8').catch(() => '')) || 0;
    const entries = await readEntries(file);
    // Of a file that was cut, the numbers that follow are given anew: none of those was sent.
    return new Outbox(file, sentPath, entries, Math.min(sent, entries.at(-1)?.seq ?? 0));
  }

  /** Stores a report; what must not be lost is forced to the disk before this returns. */
  append(report: Report): Promise<number> {
    const written = this.#writing.then(async () => {
      const seq = (this.#entries.at(-1)?.seq ?? 0) + 1;
      await this.#write(`${JSON.stringify({ seq, report })}\n`, report.kind !== 'log');
      this.#entries.push({ seq, report });
      this.#changes.emit('change');
      return seq;
    });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Writes a whole line or nothing: a disk that fills up half-way leaves no torn line behind. */
  async #write(line: string, sync: boolean): Promise<void> {
    const { size } = await this.#file.stat();
    try {
      await this.#file.appendFile(line);
      if (sync) await this.#file.sync();
    } catch (error) {
      await this.#file.truncate(size).catch(() => undefined);
      throw error;
    }
  }

  /** Every entry made so far, delivered or not. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Entries not yet delivered, oldest first. */
  get pending(): readonly Entry[] {
    const first = this.#entries.findIndex(({ seq }) => seq > this.#sent);
    return first === -1 ? [] : this.#entries.slice(first);
  }

  /** The report that ended the attempt, if one was made. */
  get final(): Entry | null {
    const last = this.#entries.at(-1);
    return last && isFinal(last.report) ? last : null;
  }

  /** Notes that everything up to `seq` was delivered. */
  async markSent(seq: number): Promise<void> {
    this.#sent = Math.max(this.#sent, seq);
    // Neither forced to the disk nor atomic: what is lost or torn reads as a smaller number, and sending again does no harm.
    await writeFile(this.#sentPath, String(this.#sent)).catch(() => undefined);
    this.#changes.emit('change');
  }

  /** Resolves when an entry was added or delivered. */
  async changed(signal: AbortSignal): Promise<void> {
    await once(this.#changes, 'change', { signal });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }
}

/**
 * Reads all whole entries. Where the file breaks off, in a line that a kill cut short or in bytes that a power cut left empty, the rest is
 * cut off: what was never forced to the disk was never acknowledged, and training goes on from the last checkpoint before.
 */
async function readEntries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(size);
  await file.read(bytes, 0, size, 0);
  const entries: Entry[] = [];
  let whole = 0;
  for (let end = bytes.indexOf(10, whole); end !== -1; end = bytes.indexOf(10, whole)) {
    const line = bytes.toString('utf8', whole, end);
    const entry = parseEntry(line);
    if (line !== '' && entry === null) break;
    if (entry !== null) entries.push(entry);
    whole = end + 1;
  }
  if (whole < size) await file.truncate(whole);
  return entries;
}

function parseEntry(line: string): Entry | null {
  try {
    const entry = JSON.parse(line) as Entry | null;
    return typeof entry?.seq === 'number' && typeof entry.report?.kind === 'string' ? entry : null;
  } catch {
    return null;
  }
}
