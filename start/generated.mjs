// Preloaded (`node --import`) by every command that needs generated files: they are there, and fresh, before it runs.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureGenerated } from './generate.mjs';
import { missingFolders } from './machine/folders.mjs';
import { home, root } from './place.mjs';

// Before tsx is loaded, which keeps its cache there.
Object.assign(process.env, missingFolders(process.env, home));
// Images installed with --omit=dev have no generators; whoever builds them generates before.
if (existsSync(path.join(root, 'node_modules/.bin/prisma'))) await ensureGenerated();
