import path from 'node:path';

/**
 * Whether a path is left out of what an engine is sent, by lines of a .dockerignore as ours are: a path from the root, or a name that is
 * left out wherever it is (after a double star).
 */
export function isIgnored(lines: readonly string[], file: string): boolean {
  return lines.some((line) => {
    const [name, looked] = line.startsWith('**/') ? [line.slice(3), path.basename(file)] : [line, file];
    return new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(looked);
  });
}
