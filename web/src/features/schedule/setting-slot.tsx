'use client';

import { type ComponentType, createContext, useContext } from 'react';
import type { FieldProps } from './field-props.ts';

/** `owner`: name of the input type that has the setting. */
export type SlotProps = FieldProps & { owner: string };

/** What draws a setting. Settings hold settings: a group that draws what it holds is itself part of what draws one. */
export const SettingDrawer = createContext<ComponentType<SlotProps>>(() => null);

/** The place of one setting within a group. */
export function SettingSlot(props: SlotProps) {
  const Setting = useContext(SettingDrawer);
  return <Setting {...props} />;
}
