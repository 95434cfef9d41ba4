import { execFileSync } from 'node:child_process';

/** Pythons to try: the one named, the one of an active virtual environment, Debian's, whatever is on the path. */
const candidates = (): string[] =>
  [process.env.PYTHON, 'python3', 'python', '/usr/bin/python3'].filter((name) => name !== undefined && name !== '') as string[];

/** The first Python that can import these modules; null: none can. */
export const pythonWith = (modules: string, pythons: readonly string[] = candidates()): string | null => {
  for (const python of pythons) {
    try {
      execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' });
      return python;
    } catch {
      // This one is missing or has no such module: the next.
    }
  }
  return null;
};
