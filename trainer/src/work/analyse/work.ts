import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import { type AnalysisJob, analyse as answer } from '../../analysis/analyse.ts';
import type { Outcome, Work } from '../work.ts';

/** Progress is told so often at most. */
const TELL_EVERY_MS = 250;

/** Analyses networks. */
export const analyse: Work<AnalysisJob> = {
  async do(job, engine, { log, progress }, signal): Promise<Outcome & { analysis: AnalysisResult }> {
    log('INFO', `${job.networks.map(({ label }) => label).join('; ')}: engine ${engine.name}`);
    const begun = performance.now();
    let told = Number.NEGATIVE_INFINITY;
    const tell = (images: number, expected: number) => {
      const now = performance.now();
      if (now - told < TELL_EVERY_MS && images < expected) return;
      told = now;
      const imagesPerSecond = (images / Math.max(1, now - begun)) * 1000;
      progress({ phase: 'analysis', epoch: 1, epochs: 1, step: images, steps: expected, loss: null, imagesPerSecond });
    };
    return { artifacts: [], analysis: await answer(job, engine, tell, signal) };
  },
};
