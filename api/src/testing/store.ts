import path from 'node:path';
import { DiskStore } from '../artifacts/disk-store.ts';

/** The artifacts of a Studyhall at home there, open. */
export async function storeAt(home: string): Promise<DiskStore> {
  const store = new DiskStore(path.join(home, 'artifacts'), 1e9);
  await store.open();
  return store;
}
