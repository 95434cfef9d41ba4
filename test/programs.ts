import type { TestProject } from 'vitest/node';
import { ensureProgramsBuilt } from '../start/programs.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The version of the built programs, which tests run as `npm start` does. */
    programs: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('programs', await ensureProgramsBuilt());
}
