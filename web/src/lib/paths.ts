import type { Route } from 'next';

/** Addresses of the pages, with what they take. */
export const paths = {
  leaderboard: '/' as Route,
  runs: (filter: { group?: string; state?: string; trainer?: string; experiment?: string; archived?: 'yes' } = {}) =>
    withQuery('/runs', filter),
  group: (key: string) => `/groups/${key}` as Route,
  run: (id: string) => `/runs/${id}` as Route,
  schedule: (from: { clone?: string; experiment?: string; deck?: string; scale?: string; group?: string } = {}) =>
    withQuery('/schedule', from),
  experiments: '/experiments' as Route,
  experiment: (slug: string) => `/experiments/${slug}` as Route,
  deck: '/deck' as Route,
  system: (slug: string, scale?: string) => withQuery(`/deck/${slug}`, { scale }),
  trainers: '/trainers' as Route,
  server: '/admin/server' as Route,
  people: '/admin/people' as Route,
  tokens: '/admin/tokens' as Route,
  audit: '/admin/audit' as Route,
  account: '/account' as Route,
  signIn: '/sign-in' as Route,
};

/** Where all, or an experiment, is downloaded from the API, behind the base path. */
export const exportOfAll = '/exports';
export const exportOf = (slug: string) => `${exportOfAll}/${slug}`;

function withQuery(path: string, query: Record<string, string | undefined>): Route {
  const present = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = new URLSearchParams(present).toString();
  return (text ? `${path}?${text}` : path) as Route;
}
