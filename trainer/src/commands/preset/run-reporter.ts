import type { TrainingListener } from '../../training/events.ts';
import type { OutputFolder } from '../run/output-folder.ts';

/** Keeps a run's rows in its folder and says nothing but warnings: of fifty runs, a line each is enough. */
export const quietReporter = (output: OutputFolder, warn: (text: string) => void): TrainingListener => ({
  log: (level, text) => {
    if (level !== 'INFO') warn(text);
  },
  networks: (networks) => output.networks(networks),
  progress: () => {},
  epochs: (rows, cohort, checkpoint) => output.epochs(rows, cohort, checkpoint),
});
