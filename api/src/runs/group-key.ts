import { createHash } from 'node:crypto';
import { cohortTwinText, type Data, groupText, twinText } from '@studyhall/contract/spec/identity.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';

/** The key of a group: its runs differ by seed alone. */
export const groupKey = (spec: RunSpec, data: Data) => sha256(groupText(spec, data));

/** The key that a network shares with its paired baseline: the INDEPENDENT network of the same model, place, data and training. */
export const twinKey = (spec: RunSpec, data: Data, index: number) => sha256(twinText(spec, index, data));

/** The key that a cohort shares with the independent ensemble of the same networks. */
export const cohortTwinKey = (spec: RunSpec, data: Data) => sha256(cohortTwinText(spec, data));

/** The start of a group's key: enough to tell apart what a label had to cut. */
export const markOf = (key: string) => key.slice(0, 6);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
