import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Next writes the base path into the pages when they are built: served under another one they would find nothing of themselves.
 *
 * @throws saying what to do, if there is no build or it is one for another base path.
 */
export async function checkBuild(folder: string, basePath: string): Promise<void> {
  const manifest = await readFile(path.join(folder, '.next/routes-manifest.json'), 'utf8').catch(() => null);
  const build = 'Build them with the same BASE_PATH: npm run build -w web. (npm start sees to it by itself.)';
  if (manifest === null) throw new Error(`The pages have not been built yet. ${build}`);
  const { basePath: built = '' } = JSON.parse(manifest) as { basePath?: string };
  if (built !== basePath)
    throw new Error(`BASE_PATH is ${basePath || 'not set'}, but the pages were built for ${built || 'none'}. ${build}`);
}
