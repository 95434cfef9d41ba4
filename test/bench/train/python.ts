import { execFileSync } from 'node:child_process';

/** Pythons to try: the one named, the one of an active virtual environment, Debian's, whatever is on the path. */
const candidates = (): string[] =>
  [process.env.PYTHON, 'python3', 'python', '/usr/bin/python3'].filter((name) => name !== undefined && name !== '') as string[];

/** The first Python that can import torch. */
export const pythonWithTorch = (): string | null => {
  for (const python of candidates()) {
    try {
      execFileSync(python, ['-c', 'import torch'], { stdio: 'ignore' });
      return python;
    } catch {
      // This one is missing or has no torch: the next.
    }
  }
  return null;
};
