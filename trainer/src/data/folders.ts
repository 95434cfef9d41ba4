import { join, resolve } from 'node:path';

/** Where datasets are looked for, and where generated ones are kept. */
export type DataFolders = { readonly data: string; readonly cache: string };

/** From STUDYHALL_DATA (`data`) and STUDYHALL_HOME (`.studyhall`), relative to the working folder. */
export const dataFolders = (environment: Readonly<Record<string, string | undefined>> = process.env): DataFolders => ({
  data: resolve(environment.STUDYHALL_DATA || 'data'),
  cache: join(resolve(environment.STUDYHALL_HOME || '.studyhall'), 'trainer', 'datasets'),
});
