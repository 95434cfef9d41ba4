import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../../api/src/env.ts';
import { root } from '../../../start/place.mjs';
import { readEnvironment } from '../../../web/src/server/environment.ts';
import { hasHealthcheck, portsOf, readEnvFile, stages, targetOf } from './addresses.ts';
import { type Program, unread } from './variables.ts';

type Service = {
  image: string;
  build?: { context: string; dockerfile: string; target: string; args?: Record<string, string> };
  environment?: Record<string, string>;
  entrypoint?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
};

const docker = path.join(root, 'docker');
const text = await readFile(path.join(docker, 'compose.yaml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as { services: Record<string, Service>; volumes: object };
const example = readEnvFile(await readFile(path.join(docker, '.env.example'), 'utf8'));
const caddyfile = await readFile(path.join(docker, 'Caddyfile'), 'utf8');
const filled = { ...example, PUBLIC_HOST: 'bench.example', POSTGRES_PASSWORD: 'secret' };
const programs: Record<string, Program> = { api: 'api', web: 'web', trainer: 'trainer', 'trainer-cuda': 'trainer', backups: 'backups' };

/** What a service's program is told, where the example is filled in. */
const environmentOf = (name: string, values: Record<string, string> = filled) =>
  Object.fromEntries(
    Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [
      variable,
      String(value).replace(/\$\{(\w+)[^}]*\}/g, (_, name) => values[name] ?? ''),
    ]),
  );

const serves = (service: string, port: number) => portsOf(services[service]?.image ?? '').includes(port);

describe('compose', () => {
  it('asks for just the variables that the example names', () => {
    const asked = [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    expect([...new Set(asked)].sort()).toEqual(Object.keys(example).sort());
  });

  it.each(Object.entries(programs))('tells %s only what it reads', async (service, program) => {
    expect(await unread(Object.keys(environmentOf(service)), program)).toEqual([]);
  });

  it('gives API, backups and pages settings that they take', () => {
    for (const service of ['api', 'backups']) expect(readSettings(environmentOf(service)).databaseUrl).toMatch(/^postgres:/);
    expect(readEnvironment(environmentOf('web')).publicHosts).toEqual(['bench.example']);
    const bucket = { ...filled, S3_BUCKET: 'studyhall', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'key', BASE_PATH: '/bench' };
    for (const service of ['api', 'backups']) expect(readSettings(environmentOf(service, bucket)).s3?.bucket).toBe('studyhall');
    expect(readEnvironment(environmentOf('web', bucket)).basePath).toBe('/bench');
    expect(readSettings(environmentOf('api', bucket)).publicUrl).toBe('https://bench.example/bench');
  });

  it('names one database, of the service that has it', () => {
    const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = environmentOf('postgres');
    for (const service of ['api', 'backups'])
      expect(environmentOf(service).DATABASE_URL).toBe(`postgres://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:5432/${POSTGRES_DB}`);
  });

  it('sends each to a service that listens there, by a name that is answered', () => {
    for (const service of ['web', 'trainer', 'trainer-cuda']) {
      const { API_URL, STUDYHALL_API_URL } = environmentOf(service);
      const { hostname, port } = new URL(API_URL ?? STUDYHALL_API_URL ?? '');
      expect(serves(hostname, Number(port))).toBe(true);
      expect(readSettings(environmentOf('api')).publicHosts).toContain(hostname);
    }
    const [, host = '', port] = /reverse_proxy (\w+):(\d+)/.exec(caddyfile) ?? [];
    expect(serves(host, Number(port))).toBe(true);
    const asked = [...caddyfile.matchAll(/\{\$(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(environmentOf('proxy'))).toEqual(expect.arrayContaining(asked));
  });

  it.each(Object.entries(services))('builds or names the image of %s, and mounts and waits for what there is', (_name, service) => {
    const { image, build, environment, volumes: mounts = [], depends_on: waits = {}, entrypoint } = service;
    if (build) {
      expect(existsSync(path.join(docker, build.context, build.dockerfile))).toBe(true);
      expect([build.target, stages.includes(build.target)]).toEqual([targetOf(image), true]);
      expect(text).toContain(`image: studyhall-${build.target}`);
      for (const argument of Object.keys(build.args ?? {})) expect(Object.keys(environment ?? {})).toContain(argument);
    }
    if (targetOf(image)) expect(stages).toContain(targetOf(image));
    else expect(image).toMatch(/^[\w/-]+:[\w.-]*\d/);
    for (const mount of mounts) {
      const [source = ''] = mount.split(':');
      expect(source.startsWith('.') ? existsSync(path.join(docker, source)) : Object.hasOwn(volumes, source), source).toBe(true);
    }
    for (const [other, { condition }] of Object.entries(waits)) {
      const { image = '', healthcheck } = services[other] ?? {};
      expect(condition === 'service_healthy' && (healthcheck?.test !== undefined || hasHealthcheck(image)), other).toBe(true);
    }
    if (entrypoint) expect(existsSync(path.join(root, entrypoint[1] ?? ''))).toBe(true);
  });
});
