import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { engineNames } from '@studyhall/contract/fleet/engines.ts';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings } from '../../../api/src/env.ts';
import { root } from '../../../start/place.mjs';
import { readDuration } from '../../../trainer/src/duration.ts';
import { readEnvironment } from '../../../web/src/server/environment.ts';
import { portsOf, readEnvFile, stages, targetOf, userOf } from './addresses.ts';
import { variablesOf } from './variables.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the files hold is what is asked here.
type Any = any;
type Variables = Record<string, string>;

const folder = path.join(root, 'docker/kubernetes');
const read = (file: string) => readFile(path.join(folder, file), 'utf8');
const folders = ['.', 'trainers', 'trainers-cuda'];
const kustomizations = await Promise.all(
  folders.map(async (at) => ({ at, ...(parse(await read(path.join(at, 'kustomization.yaml'))) as Any) })),
);
const files = kustomizations.flatMap(({ at, resources }) =>
  resources.filter((file: string) => file.endsWith('.yaml')).map((file: string) => path.join(at, file)),
);
const objects: Any[] = (
  await Promise.all(files.map(async (file) => parseAllDocuments(await read(file)).map((document) => document.toJS({ mapAsMap: false }))))
).flat();
const kind = (name: string): Any[] => objects.filter((object) => object.kind === name);
const named = (name: string, list: Any[]) => list.find(({ metadata }) => metadata.name === name);
const podOf = (object: Any) => object.spec.jobTargetRef?.template ?? object.spec.template;
const workloads = [...kind('Deployment'), ...kind('StatefulSet'), ...kind('ScaledJob')];
const containers = workloads.map((object) => ({ pod: podOf(object).spec, ...podOf(object).spec.containers[0] }));
const job = named('studyhall-trainer', kind('ScaledJob'));

const settings = readEnvFile(await read('settings.env'));
const secrets = readEnvFile(await read('secrets.env.example'));
const trainer = readEnvFile(await read('trainers/trainer.env.example'));
const source = (file: string) => readFile(path.join(root, file), 'utf8');

/** Addresses that the API answers, and those that the pages' server does itself. */
const routes = {
  api: [...`${await source('api/src/server.ts')}${await source('api/src/http/health.ts')}`.matchAll(/\.get\('(\/\w+)'/g)].map(
    ([, route]) => route,
  ),
  web: [...(await source('web/server.ts')).matchAll(/url === '(\/\w+)'/g)].map(([, route]) => route),
};

describe('kustomize', () => {
  it.each(kustomizations)(
    'finds all that $at names, and names all that lies there',
    async ({ at, resources, images = [], ...kustomization }) => {
      expect(resources.filter((place: string) => !existsSync(path.join(folder, at, place)))).toEqual([]);
      const lying = (await readdir(path.join(folder, at))).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
      expect(resources).toEqual(expect.arrayContaining(lying));
      const generators = [...(kustomization.configMapGenerator ?? []), ...(kustomization.secretGenerator ?? [])];
      for (const file of generators.flatMap(({ envs }: { envs: string[] }) => envs))
        expect(existsSync(path.join(folder, at, file)) || existsSync(path.join(folder, at, `${file}.example`)), file).toBe(true);
      for (const { name, newName } of images)
        expect([stages, stages]).toEqual([expect.arrayContaining([targetOf(name)]), expect.arrayContaining([targetOf(newName)])]);
    },
  );

  it('patches only what there is', () => {
    const [{ target, patch }] = kustomizations[2]?.patches ?? [];
    const object = named(target.name, kind(target.kind));
    for (const { op, path: pointer } of parse(patch) as { op: string; path: string }[]) {
      const steps = pointer.slice(1).split('/');
      const place = (op === 'replace' ? steps : steps.slice(0, -1)).reduce((value: Any, step) => value?.[step], object);
      expect(place, pointer).toBeDefined();
    }
  });
});

describe('what runs in Kubernetes', () => {
  it('are images of ours, on the ports that they serve, as the user that they name', () => {
    for (const { image, ports = [], pod } of containers) {
      expect(stages).toContain(targetOf(image));
      expect(ports.map(({ containerPort }: Any) => containerPort)).toEqual(portsOf(image));
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: userOf(image),
        seccompProfile: { type: 'RuntimeDefault' },
      });
    }
  });

  it('may do nothing that it need not, and says what it needs', () => {
    for (const { securityContext, resources, volumeMounts, pod } of containers) {
      expect(securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      expect(resources).toMatchObject({
        requests: { cpu: expect.anything(), memory: expect.anything() },
        limits: { memory: expect.anything() },
      });
      const claims = workloads.flatMap(({ spec }) => spec.volumeClaimTemplates ?? []).map(({ metadata }: Any) => metadata.name);
      const volumes = [...(pod.volumes ?? []).map(({ name }: Any) => name), ...claims];
      expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }: Any) => name)));
    }
  });

  it('is asked how it is at addresses that it answers', () => {
    for (const { image, startupProbe, livenessProbe, readinessProbe } of containers.filter(({ image }) => portsOf(image).length > 0))
      for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe]) {
        expect(routes[targetOf(image) as keyof typeof routes]).toContain(httpGet.path);
        expect(httpGet.port).toBe('http');
      }
  });

  it('is found by its services, budgets and the way in', () => {
    const labels = workloads.map((object) => podOf(object).metadata.labels.app);
    for (const { spec } of [...kind('Service'), ...kind('PodDisruptionBudget')])
      expect(labels).toContain(spec.selector.app ?? spec.selector.matchLabels.app);
    for (const { spec } of workloads.filter(({ spec }) => spec.selector))
      expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
    for (const { metadata, spec } of kind('Service')) expect(spec.ports.map(({ port }: Any) => port)).toEqual(portsOf(metadata.name));
    const [rule] = kind('Ingress')[0].spec.rules;
    const { service } = rule.http.paths[0].backend;
    expect(named(service.name, kind('Service')).spec.ports[0].name).toBe(service.port.name);
    expect(settings.PUBLIC_HOSTS?.split(',')).toContain(rule.host);
  });

  it('is told only what it reads, and takes it', async () => {
    const [servers, trainers] = await Promise.all([variablesOf('api', 'web'), variablesOf('trainer')]);
    expect(Object.keys({ ...settings, ...secrets }).filter((name) => !servers.has(name))).toEqual([]);
    const env = job.spec.jobTargetRef.template.spec.containers[0].env.map(({ name }: Any) => name);
    expect([...Object.keys(trainer), ...env].filter((name) => !trainers.has(name))).toEqual([]);
    const api: Variables = { ...settings, ...secrets, DATABASE_URL: 'postgres://studyhall@db/studyhall' };
    expect(readSettings(api).publicHosts).toContain('studyhall-api');
    expect(named(new URL(readEnvironment(settings).apiUrl).hostname, kind('Service'))).toBeDefined();
  });
});

describe('the trainers in Kubernetes', () => {
  it('are jobs that no update, failure or scaling ends in the middle', () => {
    const { rollout, scalingStrategy, jobTargetRef } = job.spec;
    expect([rollout.strategy, scalingStrategy.strategy, jobTargetRef.backoffLimit]).toEqual(['gradual', 'default', 0]);
    expect(jobTargetRef.template.spec.restartPolicy).toBe('Never');
  });

  it.each([0, 1])('come by a figure that the API gives, for an engine that there is', async (which) => {
    const [{ type, metadata, authenticationRef }] = job.spec.triggers;
    const patched = String(kustomizations[2]?.patches[0].patch).match(/http:[^"]+/)?.[0] ?? '';
    const { hostname, port, pathname, searchParams } = new URL(which === 0 ? metadata.url : patched);
    expect([type, metadata.authMode]).toEqual(['metrics-api', 'bearer']);
    expect(settings.PUBLIC_HOSTS?.split(',')).toContain(hostname);
    expect(named(hostname.split('.')[0] ?? '', kind('Service')).spec.ports[0].port).toBe(Number(port));
    expect(routes.api).toContain(pathname);
    expect(engineNames).toContain(searchParams.get('engine'));
    expect(await source('api/src/http/autoscaling.ts')).toMatch(new RegExp(`json\\(\\{[^}]*\\b${metadata.valueLocation}\\b`));
    const [{ key, name }] = named(authenticationRef.name, kind('TriggerAuthentication')).spec.secretTargetRef;
    expect([kustomizations[1]?.secretGenerator[0].name, Object.keys(trainer)]).toEqual([name, [key]]);
  });

  it('are given options that they have', async () => {
    const { args } = job.spec.jobTargetRef.template.spec.containers[0];
    const patched = /value: \[(join, [^\]]+)\]/.exec(String(kustomizations[2]?.patches[0].patch))?.[1]?.split(', ') ?? [];
    for (const [command, ...options] of [args, patched]) {
      expect(command).toBe('join');
      expect(options.filter((option: string) => option.startsWith('--'))).toEqual(['--engine', '--until-idle']);
      expect(engineNames).toContain(options[1]);
      expect(readDuration('--until-idle', options[3])).toBeGreaterThan(0);
    }
    expect(await source('trainer/src/main.ts')).toMatch(/engine: \{ type[\s\S]*'until-idle': \{ type/);
  });
});
