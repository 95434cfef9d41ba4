import { resolve } from 'node:path';
import { UsageError } from '../../cli.ts';
import { readWhole } from '../../data/content.ts';
import { readSafetensors, SafetensorsError } from '../../data/safetensors.ts';
import { readOrigin } from '../../nn/weights-file.ts';
import type { TeacherFile } from '../../training/train.ts';

/**
 * Weights files that teach, as `run` or the page of a run gave them.
 *
 * @throws UsageError for a file that is not there or holds no weights.
 */
export const teacherFiles = (paths: readonly string[]): Promise<TeacherFile[]> => Promise.all(paths.map(teacherFile));

const teacherFile = async (given: string): Promise<TeacherFile> => {
  const path = resolve(given);
  try {
    const { model, view } = readOrigin(readSafetensors(await readWhole(path)));
    return { runId: path, network: 0, model, view, path };
  } catch (error) {
    if (!(error instanceof SafetensorsError) && !(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`--teacher ${given}: ${error.message}`);
  }
};
