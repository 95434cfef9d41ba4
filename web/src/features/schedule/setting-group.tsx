'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { SettingSlot } from './setting-slot.tsx';

/** All settings of an input type, in the contract's order, but for those that the page shows elsewhere. */
export function SettingGroup({ type, path, without = [] }: { type: string; path: string; without?: readonly string[] }) {
  return inputType(settings, type)
    .fields.filter((field) => field.name !== 'enabled' && !without.includes(field.name))
    .map((field) => <SettingSlot key={field.name} owner={type} field={field} path={path ? `${path}.${field.name}` : field.name} />);
}
