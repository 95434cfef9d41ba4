'use client';

import { useEffect } from 'react';
import { keepPresses } from '@/lib/press/keep-presses.ts';

/** Follows links that moved away while they were pressed: lists change at any moment. */
export function PressKeeper() {
  useEffect(() => keepPresses(document), []);
  return null;
}
