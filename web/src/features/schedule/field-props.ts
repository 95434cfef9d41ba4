import type { Setting } from '@studyhall/contract/settings/settings.ts';

/** A setting, and its place in the form. */
export type FieldProps = { field: Setting; path: string };
