import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eager } from '../../engine/eager.ts';
import { readSpec } from '../../spec/read-spec.ts';
import { TrainingStopped } from '../../training/failure.ts';
import { makeTinyData, type TinyData } from '../../training/testing/tiny-data.ts';
import { train } from '../../training/train.ts';
import { run } from '../run.ts';
import { ConsoleReporter } from './console-reporter.ts';
import { OutputFolder } from './output-folder.ts';
import { teacherFiles } from './teacher-files.ts';

const spec = readSpec({
  dataset: 'tiny',
  networks: [{ model: 'mlp-4' }, { model: 'mlp-3' }],
  method: { mutual: {} },
  training: { epochs: 3, batchSize: 32 },
});

let data: TinyData;
let folder: string;
beforeEach(async () => {
  data = await makeTinyData();
  folder = await mkdtemp(join(tmpdir(), 'studyhall-run-'));
});
afterEach(async () => {
  await data.remove();
  await rm(folder, { recursive: true });
});

/** Trains into the folder, and is stopped after `until` epochs. */
const trainInto = async (path: string, until = 3) => {
  const output = await OutputFolder.open(path, { spec, seed: 1 });
  const printed: string[] = [];
  const reporter = new ConsoleReporter(output, (line) => printed.push(line));
  const controller = new AbortController();
  const listener = {
    log: reporter.log.bind(reporter),
    networks: reporter.networks.bind(reporter),
    progress: reporter.progress.bind(reporter),
    epochs: async (...told: Parameters<ConsoleReporter['epochs']>) => {
      await reporter.epochs(...told);
      if (told[0][0]?.epoch === until) controller.abort();
    },
  };
  const { checkpoint } = output;
  const job = { spec, seed: 1, checkpointEvery: 2, checkpoint, teachers: [], workDir: path, folders: data.folders };
  const signal = until < 3 ? controller.signal : new AbortController().signal;
  const result = await train(job, eager('cpu'), listener, signal);
  await output.finish(result);
  reporter.result(result);
  return printed;
};

const metrics = async (path: string) => {
  const lines = (await readFile(join(path, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const { seconds: _seconds, imagesPerSecond: _speed, ...row } = JSON.parse(line);
    return row;
  });
};

it('a spec may begin with a byte order mark, or be UTF-16', async () => {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    await writeFile(join(folder, 'spec.json'), '\ufeff{"dataset": "tiny"}', encoding);
    await expect(run([join(folder, 'spec.json')])).rejects.toThrow('spec.json cannot be run:\nnetworks is required');
  }
  await writeFile(join(folder, 'spec.json'), 'Käse', 'latin1');
  await expect(run([join(folder, 'spec.json')])).rejects.toThrow('spec.json: line 1 is not UTF-8; save the file as UTF-8 text');
});

describe('the folder of a run without a server', () => {
  it('holds every epoch once and the same numbers, also after an interruption', async () => {
    const [whole, parts] = [join(folder, 'whole'), join(folder, 'parts')];
    await trainInto(whole);
    await expect(trainInto(parts, 1)).rejects.toThrow(TrainingStopped);
    const printed = await trainInto(parts);
    expect(await metrics(parts)).toEqual(await metrics(whole));
    expect((await metrics(whole)).length).toBe(9);
    const results = await Promise.all([whole, parts].map((path) => readFile(join(path, 'result.json'), 'utf8')));
    expect(results[1]).toBe(results[0]);
    expect(printed.at(-1)).toBe(`written to ${parts}`);
  });

  it('holds weights that can teach, and no checkpoint once the run is done', async () => {
    await trainInto(folder);
    const weights = join(folder, 'network-1-weights.safetensors');
    expect(await teacherFiles([weights])).toEqual([{ runId: weights, network: 0, model: 'mlp-3', view: 'image', path: weights }]);
    await access(join(folder, 'network-0-test-logits.safetensors'));
    expect(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')).checkpoint).toBeNull();
    await expect(teacherFiles([join(folder, 'result.json')])).rejects.toThrow('--teacher');
  });

  it('goes on after its files were saved by an editor, and says which is no JSON', async () => {
    await expect(trainInto(folder, 1)).rejects.toThrow(TrainingStopped);
    for (const [name, lineEnd] of [
      ['run.json', '\n'],
      ['metrics.jsonl', '\r\n'],
    ] as const) {
      const text = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), `\ufeff${text.replaceAll('\n', lineEnd)}`, 'utf16le');
    }
    await trainInto(folder);
    expect((await metrics(folder)).length).toBe(9);
    await writeFile(join(folder, 'run.json'), '{"seed": 1,');
    await expect(OutputFolder.finished(folder, { spec, seed: 1 })).rejects.toThrow('run.json is not JSON');
  });

  it('is not used for another run, nor for one that is done', async () => {
    await OutputFolder.open(folder, { spec, seed: 1 }).then((output) => output.networks([]));
    await expect(OutputFolder.open(folder, { spec, seed: 2 })).rejects.toThrow('holds a run of another spec or seed');
    await trainInto(folder);
    await expect(OutputFolder.open(folder, { spec, seed: 1 })).rejects.toThrow('holds a run that is done');
  });
});
