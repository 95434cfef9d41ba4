import path from 'node:path';
import { root } from '../../../start/place.mjs';
import { lastOf, readDockerfile, stepsOf } from './dockerfile.ts';

const dockerfile = await readDockerfile(path.join(root, 'docker/Dockerfile'));

/** Ports that an image of ours says it serves, by the image's name. */
export const portsOf = (image: string): number[] =>
  stepsOf(dockerfile, targetOf(image))
    .filter(({ instruction }) => instruction === 'EXPOSE')
    .flatMap(({ words }) => words.map(Number));

/** The Dockerfile's stage that makes an image, such as `web` of `registry.example/studyhall-web`. */
export const targetOf = (image: string): string => /(?:^|\/)studyhall-([\w-]+)$/.exec(image)?.[1] ?? '';

/** The user's number that an image of ours runs as. */
export const userOf = (image: string): number => Number(lastOf(stepsOf(dockerfile, targetOf(image)), 'USER')[0]?.split(':')[0]);

export const hasHealthcheck = (image: string): boolean =>
  (lastOf(stepsOf(dockerfile, targetOf(image)), 'HEALTHCHECK')[0] ?? 'NONE') !== 'NONE';

export const stages: string[] = dockerfile.stages.map(({ name }) => name);

/** Of NAME=value lines; comments and empty lines are left out. */
export function readEnvFile(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
