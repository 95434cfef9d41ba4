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
