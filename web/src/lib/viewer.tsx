'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Role } from '@/generated/graphql.ts';

type Viewer = { name: string | null; canWrite: boolean; role?: Role | null; signedIn?: boolean; hasPeople?: boolean; version: string };

const nobody: Viewer = { name: null, canWrite: false, version: '' };

const ViewerContext = createContext<Viewer>(nobody);

/** Tells the pages who looks at them. */
export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

export function useViewer(): Viewer {
  return useContext(ViewerContext);
}
