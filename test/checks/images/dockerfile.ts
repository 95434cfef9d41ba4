import { readFile } from 'node:fs/promises';

export type Step = { instruction: string; flags: Record<string, string>; words: string[] };
export type Stage = { name: string; base: string; steps: Step[] };
export type Dockerfile = { args: Record<string, string>; stages: Stage[] };

/**
 * Reads what our Dockerfile uses of the language: instructions with flags, lines that go on after a backslash, lists in JSON.
 *
 * @throws on a line that is no instruction, and on one before the first stage that is no ARG.
 */
export async function readDockerfile(file: string): Promise<Dockerfile> {
  const text = (await readFile(file, 'utf8')).replace(/^\s*#.*$/gm, '').replace(/\\\n/g, ' ');
  const read: Dockerfile = { args: {}, stages: [] };
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const step = readStep(line.trim());
    const stage = read.stages.at(-1);
    if (step.instruction === 'FROM') read.stages.push({ base: step.words[0] ?? '', name: step.words[2] ?? '', steps: [] });
    else if (stage) stage.steps.push(step);
    else if (step.instruction === 'ARG') Object.assign(read.args, pairs(step));
    else throw new Error(`${step.instruction} stands before the first FROM`);
  }
  return read;
}

function readStep(line: string): Step {
  const [, instruction = '', flagged = '', rest = ''] = /^([A-Z]+)((?:\s+--[a-z-]+=\S+)*)\s*(.*)$/.exec(line) ?? [];
  if (instruction === '') throw new Error(`"${line}" is no instruction`);
  const flags = Object.fromEntries([...flagged.matchAll(/--([a-z-]+)=(\S+)/g)].map(([, name, value]) => [name, value]));
  const json = /\[.*\]$/.exec(rest)?.[0];
  const words = json ? [...rest.slice(0, -json.length).split(/\s+/), ...JSON.parse(json)] : rest.split(/\s+/);
  return { instruction, flags, words: words.filter((word) => word !== '') };
}

/** NAME=value, as in ARG and ENV. */
export const pairs = ({ words }: Step): Record<string, string> =>
  Object.fromEntries(words.map((word) => [word.split('=')[0], word.slice(word.indexOf('=') + 1)]));

/** All steps of an image's own stages, from its base on. */
export function stepsOf({ stages }: Dockerfile, name: string): Step[] {
  const stage = stages.find((stage) => stage.name === name);
  return stage ? [...stepsOf({ args: {}, stages }, stage.base), ...stage.steps] : [];
}

/** The words of the last of such steps. */
export const lastOf = (steps: Step[], instruction: string): string[] =>
  steps.findLast((step) => step.instruction === instruction)?.words ?? [];
