import { expect, it } from 'vitest';
import type { Network } from '../network-names.ts';
import { choicesOf, choicesOfRun, siblingChoices } from './network-choices.ts';

const network = (id: string, index: number, role: Network['role']) => ({ id, index, role, model: { id: 'm', name: 'cnn' } }) as Network;

it('are the run’s networks and the earlier ones that taught in it, teachers told apart', () => {
  const teacher = { id: 'run_2', label: 'Independent · cnn', seed: 7, networks: [{ id: 'net_9', index: 1 }] };
  const teachers = [
    { position: 0, network: 1, run: teacher },
    // Deleted meanwhile.
    { position: 1, network: 0, run: null },
  ];
  const choices = choicesOf([network('net_1', 0, 'STUDENT'), network('net_2', 1, 'TEACHER')], { teachers } as never);
  expect(choices.map(({ id, name, own, teacher }) => ({ id, name, own, teacher }))).toEqual([
    { id: 'net_1', name: 'net 0 · cnn', own: true, teacher: false },
    { id: 'net_2', name: 'teacher · cnn', own: true, teacher: true },
    { id: 'net_9', name: 'teacher, seed 7 · Independent · cnn', own: false, teacher: true },
  ]);
});

it('are those of the other seeds that have succeeded, a repeated seed said to be one', () => {
  const sibling = (seed: number, state: string) => ({
    id: `run_${seed}`,
    seed,
    state,
    networks: [{ id: `net_${seed}`, index: 0, role: 'PEER' }],
  });
  const choices = siblingChoices([sibling(3, 'SUCCEEDED'), sibling(1, 'SUCCEEDED'), sibling(2, 'RUNNING')] as never, 1);
  expect(choices.map(({ name }) => name)).toEqual(['seed 1, repeated · net 0', 'seed 3 · net 0']);
});

it('are those of any other run', () => {
  const run = { label: 'DML · cnn', seed: 2, networks: [0, 1].map((index) => ({ id: `net_${index}`, index, role: 'PEER' })) };
  expect(choicesOfRun(run as never).map(({ name }) => name)).toEqual(['DML · cnn, seed 2 · net 0', 'DML · cnn, seed 2 · net 1']);
});
