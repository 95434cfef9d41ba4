import { contractVersion, oldestContract } from '@studyhall/contract/fleet/contract-version.ts';
import { ApiError } from '../errors.ts';

/** @throws OUTDATED for a trainer whose contract no longer fits: what it runs, it is to hand back. */
export function checkContract(spoken: number, oldest = oldestContract): void {
  if (spoken >= oldest) return;
  const versions = oldest === contractVersion ? `${oldest}` : `${oldest} to ${contractVersion}`;
  throw new ApiError(
    'OUTDATED',
    `This trainer speaks version ${spoken} of the contract, this API ${versions}: update the trainer to the API's version (git pull, npm ci, or its new image).`,
  );
}
