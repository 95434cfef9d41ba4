import type { Rights } from './rights.ts';

/**
 * What each route asks of its caller, as GraphQL's fields declare it. What does not stand here is not served, whatever else would answer it.
 */
export const routeRights = {
  'GET /healthz': { anyone: true },
  'GET /ready': { anyone: true },
  'POST /sign-in': { anyone: true },
  'POST /join': { anyone: true },
  'GET /metrics': { person: true },
  'GET /autoscaling': { member: true, trainer: true },
  'GET /artifacts/:sha256': { viewer: true },
  'PUT /artifacts/:sha256': { trainer: true },
  'GET /exports': { admin: true },
  'GET /exports/:experiment': { viewer: true },
  // GraphiQL's page, and questions; what is asked has rights of its own.
  'GET /graphql': { anyone: true },
  'POST /graphql': { anyone: true },
} as const satisfies Record<RouteName, Rights>;

type RouteName = `${'GET' | 'POST' | 'PUT'} /${string}`;

/** Answered before it is looked at who asks, and by what name: by probes, also while Postgres is away. */
export const probes: readonly string[] = ['GET /healthz', 'GET /ready'] satisfies (keyof typeof routeRights)[];

export type DeclaredRoute = { name: string; rights: Rights };

const declared = Object.entries(routeRights).map(([name, rights]) => {
  const [method = '', path = ''] = name.split(' ');
  return { name, rights, method, path: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`) };
});

/** The declared route that answers such a request; the methods that there are at its address, if that is not one of them. */
export function findRoute(method: string, path: string): DeclaredRoute | { methods: readonly string[] } {
  const here = declared.filter((route) => route.path.test(path));
  return here.find((route) => route.method === (method === 'HEAD' ? 'GET' : method)) ?? { methods: here.map((route) => route.method) };
}
