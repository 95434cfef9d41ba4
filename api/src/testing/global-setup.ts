import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDatabase } from '../postgres/database.ts';
import { startEmbeddedPostgres } from '../postgres/embedded.ts';
import { applyMigrations } from '../postgres/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests make their databases: server and the migrated template to clone. */
    testPostgres: { url: string; template: string };
  }
}

/** Nothing that a test writes has to survive a power cut. */
const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_connections: '300' };

type Postgres = { url: string; template: string; stop(): Promise<void> };

declare global {
  /** One for all projects of a test run: each loads this file anew, and what they share is the process. */
  var testPostgres: { started: Promise<Postgres>; users: number } | undefined;
}

/** Starts one Postgres for all tests (or uses TEST_DATABASE_URL) and migrates one template database there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  globalThis.testPostgres ??= { started: start(), users: 0 };
  const shared = globalThis.testPostgres;
  shared.users++;
  const { url, template, stop } = await shared.started;
  project.provide('testPostgres', { url, template });
  return async () => {
    if (--shared.users === 0) await stop();
  };
}

async function start(): Promise<Postgres> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startTemporary();
  const template = `studyhall_template_${randomBytes(6).toString('hex')}`;
  await createDatabase(server.url, template);
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  await applyMigrations(templateUrl.toString());
  return {
    url: server.url,
    template,
    stop: async () => {
      if (given) await dropDatabase(given, template);
      await server.stop();
    },
  };
}

async function startTemporary(): Promise<{ url: string; stop(): Promise<void> }> {
  const home = await mkdtemp(path.join(tmpdir(), 'studyhall-test-postgres-'));
  // initdb and Postgres may run as another user, who has to be able to enter.
  await chmod(home, 0o755);
  const postgres = await startEmbeddedPostgres({ home, settings: fastSettings, detached: false });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function dropDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  await client.end();
}
