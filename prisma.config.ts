import { existsSync } from 'node:fs';
import { defineConfig } from 'prisma/config';

// Every Prisma command asks for the native schema engine first, even `generate`, which never calls it. Any executable will do there,
// so that generating works without the download. Writing migrations needs the real one: set the variable, or let Prisma download it.
const native = existsSync('node_modules/@prisma/engines/schema-engine') || process.argv.some((word) => word === 'migrate' || word === 'db');
if (!native) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE = '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: {
    url: process.env.DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/studyhall',
    shadowDatabaseUrl: process.env.SHADOW_DATABASE_URL || undefined,
  },
});
