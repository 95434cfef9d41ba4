// @ts-check

/**
 * NODE_OPTIONS without a debugger. The one that somebody attaches to a process has one port: what that process starts would fail on it, or
 * wait for it for ever.
 *
 * @param {string} options
 */
export function withoutInspector(options) {
  return options.replace(/(^|\s)--inspect(-[\w-]+)?(=\S*)?(?=\s|$)/g, '').trim();
}

/**
 * An environment without a debugger of this process.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Record<string, string | undefined>}
 */
export function undebugged({ NODE_OPTIONS, ...env }) {
  const options = withoutInspector(NODE_OPTIONS ?? '');
  return options ? { ...env, NODE_OPTIONS: options } : env;
}
