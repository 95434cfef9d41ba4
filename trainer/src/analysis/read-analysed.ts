import { BatchReader, measureViews } from '../data/batches.ts';
import { findDataset } from '../data/catalogue.ts';
import { readWhole } from '../data/content.ts';
import { DataError } from '../data/data-error.ts';
import type { DataFolders } from '../data/folders.ts';
import { readSafetensors, SafetensorsError } from '../data/safetensors.ts';
import { type SplitSettings, splitTraining } from '../data/split.ts';
import { ModelError, parseModel } from '../nn/models.ts';
import { readOrigin, unpackWeights } from '../nn/weights-file.ts';
import { WorkError } from '../work-failure.ts';
import type { Analysed, AnalysisData } from './analysed.ts';

/** Weights of a network, and what is said of it. The file itself says what it was trained on. */
export type NetworkFile = {
  readonly label: string;
  readonly path: string;
  readonly reference: boolean;
  readonly probeEntropies?: readonly number[] | null;
};

const permanent = (message: string, cause?: unknown) => new WorkError(message, { permanent: true, cause });

/** @throws WorkError (permanent) for a dataset that is not here, not the same, or cannot be read. */
export const readData = async (name: string, hash: string | undefined, folders: DataFolders): Promise<AnalysisData> => {
  try {
    const dataset = await (await findDataset(name, folders)).load();
    if (hash !== undefined && dataset.hash !== hash)
      throw new DataError(
        `dataset ${name} on this machine is not the one the networks were trained on: its content hash is ${dataset.hash} instead of ${hash}`,
      );
    const normalisation = measureViews(
      dataset,
      dataset.views.map((view) => view.name),
    );
    return {
      dataset,
      trainReader: new BatchReader(dataset, dataset.train, normalisation),
      testReader: new BatchReader(dataset, dataset.test, normalisation),
    };
  } catch (error) {
    if (error instanceof DataError) throw permanent(error.message, error);
    throw error;
  }
};

/** @throws WorkError (permanent) when the file is damaged, or its network was trained on other data. */
export const readAnalysed = async ({ dataset }: AnalysisData, { label, path, probeEntropies = null }: NetworkFile): Promise<Analysed> => {
  const refuse = (reason: string, cause?: unknown) => permanent(`${label} cannot be analysed: ${reason}`, cause);
  try {
    const stored = readSafetensors(await readWhole(path));
    const origin = readOrigin(stored);
    if (origin.datasetHash !== dataset.hash)
      throw refuse(`it was trained on other data (${origin.datasetHash} instead of ${dataset.hash}, which ${dataset.name} is here)`);
    const view = dataset.views.find(({ name }) => name === origin.view);
    if (view === undefined) throw refuse(`it sees the view ${origin.view}, which ${dataset.name} does not have`);
    const network = parseModel(origin.model)(view.shape, dataset.classes.length);
    const settings = JSON.parse(origin.data) as SplitSettings;
    const split = splitTraining(dataset.train.labels, dataset.classes.length, settings);
    const { splitSeed } = settings;
    return { label, view: view.name, network, ...unpackWeights(stored, network), seed: origin.seed, split, splitSeed, probeEntropies };
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof ModelError || error instanceof DataError || error instanceof SyntaxError)
      throw refuse(error.message, error);
    throw error;
  }
};
