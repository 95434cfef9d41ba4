import { generated } from '../generated/settings.ts';
import type { Settings } from './settings.ts';

/** Every setting of a schedule, as the contract declares it. */
export const settings: Settings = generated;
