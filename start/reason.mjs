/** `Error [CODE]: text`, as Node prints what nobody caught, and as our own programs end. */
const headline = /^(?:FATAL ERROR: .+|(?:Uncaught )?(?:\w*(?:Error|Exception)\b(?: \[\w+\])?: .+|[^\s{}].* did not start\..*))$/;
/** What stands around it: where in the code, the object's fields, the runtime. */
const around = /^(\s|[{}\]]|Node\.js v|node:|file:|\^|\(Use `node|\(node:|Debugger |For help, see|Waiting for the debugger|throw )/;

/**
 * Why a program ended, in one line, from the last of what it printed: the last error that has a headline, else its last own line; but
 * what a signal ended had not finished speaking.
 *
 * @param {string} printed
 * @param {{ bySignal?: boolean }} [how]
 * @returns {string} empty if it gave none
 */
export function reasonIn(printed, { bySignal = false } = {}) {
  const lines = printed
    .split('\n')
    .map(readable)
    .filter((line) => line.trim() !== '' && !around.test(line));
  const line = lines.findLast((line) => headline.test(line)) ?? (bySignal ? undefined : lines.at(-1)) ?? '';
  return line.replace(/^(?:Uncaught )?Error(?: \[\w+\])?: /, '').slice(0, 400);
}

/** Lines of the API's log are JSON; the reason is in the text of those that are errors. */
function readable(line) {
  if (!line.startsWith('{')) return line;
  try {
    const { level, msg, err } = JSON.parse(line);
    if (level < 50) return '';
    return [msg, err?.message].filter(Boolean).join(' ');
  } catch {
    return line;
  }
}
