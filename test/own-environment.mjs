// Imported before all else by `npm test`: no setting of a Studyhall that is in use here, its database least of all, may reach what the tests
// start, and no variable of another project may change how they end.
import path from 'node:path';
import { missingFolders } from '../start/machine/folders.mjs';
import { withoutInspector } from '../start/machine/node-options.mjs';

const settings =
  /^(WEB|API|STUDYHALL)_|^(PUBLIC_HOSTS|BASE_PATH|ARTIFACT_QUOTA_GB|DATABASE_URL|SHADOW_DATABASE_URL|LEASE_SECONDS|RENEW_SECONDS|STALL_SECONDS|LOG_LEVEL|NODE_ENV)$/;

/**
 * The names of an environment's variables that tests must not see. TEST_DATABASE_URL names a Postgres for the tests alone: then what libpq's
 * variables say of it counts.
 *
 * @param {Record<string, string | undefined>} env
 */
export function foreignTo(env) {
  return Object.keys(env).filter((name) => settings.test(name) || (/^PG/.test(name) && !env.TEST_DATABASE_URL));
}

for (const name of foreignTo(process.env)) delete process.env[name];
const options = withoutInspector(process.env.NODE_OPTIONS ?? '');
if (options) process.env.NODE_OPTIONS = options;
else delete process.env.NODE_OPTIONS;
// Chromium keeps things in HOME.
const kept = path.resolve(import.meta.dirname, '../.studyhall');
Object.assign(process.env, missingFolders(process.env, kept, { writing: true }));
