/** First steps of addresses that the pages and the API have themselves. */
const taken = [
  ...['artifacts', 'autoscaling', 'exports', 'graphql', 'healthz', 'metrics', 'ready'],
  ...['account', 'admin', 'deck', 'enter', 'experiments', 'join', 'runs', 'schedule', 'sign-in', 'sign-out', 'trainers', '_next'],
];

/**
 * Where Studyhall lies on its host, such as `/studyhall`; empty for all of it.
 *
 * @throws saying what is wrong with BASE_PATH and what would be right.
 */
export function readBasePath(env: Record<string, string | undefined>): string {
  const path = (env.BASE_PATH ?? '').trim().replace(/^\/|\/$/g, '');
  if (path === '') return '';
  const steps = path.split('/');
  const wrong = steps.find((step) => !/^[\w~-][\w.~-]*$/.test(step));
  if (wrong !== undefined)
    throw new Error(`BASE_PATH is ${env.BASE_PATH}; it must be a path of letters, digits, ".", "_", "~" and "-", such as /studyhall.`);
  if (taken.includes(steps[0] ?? ''))
    throw new Error(`BASE_PATH is ${env.BASE_PATH}; "${steps[0]}" is an address of Studyhall's own: choose another, such as /studyhall.`);
  return `/${path}`;
}

/**
 * The address behind the base path, from which `/graphql` and `/artifacts` are told apart; `/` and more. A proxy may have taken the base
 * path away already: both ways are served alike.
 */
export function withoutBasePath(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}

/** The address as the pages know it: with the base path, once. */
export function withBasePath(url: string, basePath: string): string {
  if (basePath === '') return url;
  const rest = withoutBasePath(url, basePath);
  // Next has no slash at the end of an address.
  return rest === '/' || rest.startsWith('/?') ? `${basePath}${rest.slice(1)}` : `${basePath}${rest}`;
}
