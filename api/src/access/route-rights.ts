import type { Rights } from './rights.ts';

/** What each route but GraphQL's own fields asks of its caller, as the fields declare it. */
export const routeRights = {
  'GET /healthz': { anyone: true },
  'GET /ready': { anyone: true },
  'POST /sign-in': { anyone: true },
  'POST /join': { anyone: true },
  'GET /metrics': { viewer: true },
  'GET /autoscaling': { member: true, trainer: true },
  'GET /artifacts/:sha256': { viewer: true },
  'PUT /artifacts/:sha256': { trainer: true },
} as const satisfies Record<`${'GET' | 'POST' | 'PUT'} /${string}`, Rights>;
