'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Role } from '@/generated/graphql.ts';

type Viewer = { name: string | null; canWrite: boolean; role?: Role | null; version: string };

const ViewerContext = createContext<Viewer>({ name: null, canWrite: false, version: '' });

/** Tells the pages who looks at them. */
export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

export function useViewer(): Viewer {
  return useContext(ViewerContext);
}
