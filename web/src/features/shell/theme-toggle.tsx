'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { IconButton } from '@/ui/button.tsx';

const order = ['system', 'light', 'dark'] as const;
const faces = { system: Monitor, light: Sun, dark: Moon };
const never = () => () => {};

/** Goes round system, light and dark. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  // The server does not know the theme: until the page has woken up it shows the system's mark, of the same size.
  const awake = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const current = order.find((name) => awake && name === theme) ?? 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  const Face = faces[current];
  return (
    <IconButton label={`Theme: ${current}. Change to ${next}`} onClick={() => setTheme(next)}>
      <Face aria-hidden className="size-4" />
    </IconButton>
  );
}
