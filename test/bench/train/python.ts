import { pythonWith } from '../python.ts';

/** The first Python that can import torch. */
export const pythonWithTorch = (): string | null => pythonWith('torch');
