// Preloaded (`node --import`) by every command that needs generated files: they are there, and fresh, before it runs.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureGenerated } from './generate.mjs';
import { root } from './place.mjs';

// Images installed with --omit=dev have no generators; whoever builds them generates before.
if (existsSync(path.join(root, 'node_modules/.bin/prisma'))) await ensureGenerated();
