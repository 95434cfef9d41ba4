import path from 'node:path';
import type { Settings } from '../env.ts';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import type { ArtifactStore } from './store.ts';

/** Largest artifact: some 500 million parameters in 32 bits. */
const maxArtifactBytes = 2 * 1024 ** 3;

/**
 * The store that the settings name, open.
 *
 * @throws naming the store and what is wrong.
 */
export async function openStore(
  { home, artifactFolder, s3 }: Pick<Settings, 'home' | 'artifactFolder' | 's3'>,
  maxBytes = maxArtifactBytes,
): Promise<ArtifactStore> {
  const store = s3 ? new S3Store(s3, path.join(home, 'artifacts', 'incoming'), maxBytes) : new DiskStore(artifactFolder, maxBytes);
  try {
    await store.open();
  } catch (error) {
    throw new Error(`Artifacts cannot be kept in ${store.name}: ${(error as Error).message}`, { cause: error });
  }
  return store;
}
