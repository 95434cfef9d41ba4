import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../api/src/env.ts';
import { root, sources } from '../../../start/place.mjs';
import { programs } from '../../../start/programs.mjs';
import { served } from '../../../start/serve.mjs';
import { readEnvironment } from '../../../web/src/server/environment.ts';
import { lastOf, pairs, readDockerfile, type Step, stepsOf } from './dockerfile.ts';
import { type Program, unread } from './variables.ts';

const dockerfile = await readDockerfile(path.join(root, 'docker/Dockerfile'));
const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { workspaces: string[]; scripts: object };
const all = dockerfile.stages.flatMap(({ name, steps }) => steps.map((step) => ({ stage: name, ...step })));
const images: Record<string, Program> = { api: 'api', web: 'web', trainer: 'trainer', 'trainer-cuda': 'trainer' };
const ports: Record<string, number[]> = { api: [readSettings({}).port], web: [readEnvironment({}).port], trainer: [], 'trainer-cuda': [] };
const inPlace = (file: string) => existsSync(path.join(root, file));

/** Places in an image that its own steps bring from the repository or from what was built, by their names there. */
const brought = (image: string) =>
  stepsOf(dockerfile, image)
    .filter(({ instruction }) => instruction === 'COPY')
    .flatMap(({ words }) => words.slice(0, -1).map((place) => place.replace(/^\/app\//, '')));

const copies = (step: Step) => step.words.slice(0, -1);

describe('the Dockerfile', () => {
  it('has the stages that others build on, each before them, on images with a version', () => {
    const earlier: string[] = [];
    for (const { name, base, steps } of dockerfile.stages) {
      const image = base.replace(/^\$\{(\w+)\}$/, (_, variable) => dockerfile.args[variable] ?? '');
      expect(earlier.includes(base) || /^[\w./-]+:[\w.-]*\d[\w.-]*$/.test(image), `FROM ${base}`).toBe(true);
      for (const { flags } of steps) if (flags.from) expect(earlier).toContain(flags.from);
      earlier.push(name);
    }
    expect(earlier).toEqual(expect.arrayContaining(Object.keys(images)));
  });

  it('copies what is there, and of what was built only what is built', async () => {
    const built = [...Object.keys(programs).map((workspace) => `/app/${workspace}/build`), '/app/web/.next'];
    const copied = all.filter(({ instruction }) => instruction === 'COPY');
    expect(
      copied
        .filter(({ flags }) => !flags.from)
        .flatMap(copies)
        .filter((place) => !inPlace(place)),
    ).toEqual([]);
    expect(
      copied
        .filter(({ flags }) => flags.from === 'built')
        .flatMap(copies)
        .filter((place) => !built.includes(place)),
    ).toEqual([]);
    const ignored = (await readFile(path.join(root, 'docker/Dockerfile.dockerignore'), 'utf8')).split('\n');
    const first = copied
      .filter(({ flags }) => !flags.from)
      .flatMap(copies)
      .map((place) => place.split('/')[0]);
    expect(first.filter((folder) => folder && ignored.includes(folder))).toEqual([]);
  });

  it('installs with the manifest of every workspace', () => {
    const given = all.filter(({ stage, instruction }) => stage === 'manifests' && instruction === 'COPY').flatMap(copies);
    expect(given).toEqual(expect.arrayContaining(manifest.workspaces.map((workspace) => `${workspace}/package.json`)));
  });

  it('runs scripts, workspaces and files that there are', () => {
    const runs = all.filter(({ instruction }) => instruction === 'RUN').map(({ words }) => words.join(' '));
    const found = (pattern: RegExp) => runs.flatMap((run) => [...run.matchAll(pattern)].map(([, name]) => name ?? ''));
    expect(found(/npm run (\S+)/g)).toEqual(['build']);
    expect(Object.keys(manifest.scripts)).toContain('build');
    expect(found(/ -w (\S+)/g).filter((workspace) => !manifest.workspaces.includes(workspace))).toEqual([]);
    expect(found(/\bnode (\S+)/g).filter((file) => !inPlace(file))).toEqual([]);
  });
});

describe.each(Object.entries(images))('the image %s', (image, program) => {
  const steps = stepsOf(dockerfile, image);

  it('runs as a user by number, who is not root', () => {
    expect(lastOf(steps, 'USER')[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('starts a program that it brings, as it was built', async () => {
    const [node, file, ...rest] = [...lastOf(steps, 'ENTRYPOINT'), ...lastOf(steps, 'CMD')];
    expect([node, file]).toEqual(['node', 'start/serve.mjs']);
    const { source } = served[rest[0] as keyof typeof served];
    expect(rest[0]).toBe(program);
    expect(brought(image)).toEqual(expect.arrayContaining(['start', `${source.split('/')[0]}/build`]));
    if (rest[1]) expect(await readFile(path.join(root, source), 'utf8')).toMatch(new RegExp(`\\b${rest[1]}\\b`));
  });

  it('listens where the program does by itself, and is asked there whether it is well', () => {
    expect(steps.filter(({ instruction }) => instruction === 'EXPOSE').flatMap(({ words }) => words.map(Number))).toEqual(ports[image]);
    const [kind, , file, name] = lastOf(steps, 'HEALTHCHECK');
    if (ports[image]?.length === 0) return expect(kind).toBe('NONE');
    expect([inPlace(file ?? ''), name]).toEqual([true, program]);
    expect(brought(image)).toContain(file);
  });

  it('sets only variables that the program reads', async () => {
    const set = steps.filter(({ instruction }) => instruction === 'ENV').flatMap((step) => Object.keys(pairs(step)));
    expect(await unread(set, program)).toEqual([]);
  });

  it('brings every file that the program finds beside its sources', async () => {
    const folders = { api: ['api/src'], web: ['web/server.ts', 'web/src'], trainer: ['trainer/src'], backups: [] }[program];
    const files = (await sources(...folders, 'contract')).filter(
      (file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.|testing\/|print-schema|print-rights|codegen/.test(file),
    );
    const beside: string[] = [];
    for (const file of files) {
      const text = await readFile(path.join(root, file), 'utf8');
      for (const [, place = ''] of text.matchAll(/new URL\('([^']+)', import\.meta\.url\)/g))
        beside.push(path.join(path.dirname(file), place));
    }
    const manifests = manifest.workspaces.map((workspace) => `${workspace}/package.json`);
    const there = [
      ...brought(image),
      ...manifests,
      ...Object.entries(programs).flatMap(([workspace, list]) => list.map((file) => `${workspace}/${file}`)),
    ];
    const isThere = (file: string) => there.some((place) => file === place || file.startsWith(`${place}/`));
    expect(beside.map((file) => file.replace(/\/$/, '')).filter((file) => file !== '.' && !isThere(file))).toEqual([]);
  });
});

it('each program that can be served is one that is built', () => {
  const built = Object.entries(programs).flatMap(([workspace, files]) => files.map((file) => `${workspace}/${file}`));
  expect(Object.values(served).filter(({ source }) => !built.includes(source))).toEqual([]);
});
