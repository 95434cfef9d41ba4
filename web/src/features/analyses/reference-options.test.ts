import { expect, it } from 'vitest';
import { eachOnce, optionsOfRun, referenceOptions } from './reference-options.ts';

const networks = (...roles: readonly string[]) => roles.map((role, index) => ({ id: `net_${index}`, index, role }));

it('are the independent twin of the same seed, the run’s own teachers and those of earlier runs that are there', () => {
  const run = (id: string, seed: number, state = 'SUCCEEDED') => ({
    id,
    seed,
    counts: true,
    state,
    networks: networks('STUDENT', 'STUDENT'),
  });
  const earlier = { id: 'run_t', label: 'Independent · cnn-32', seed: 2, state: 'SUCCEEDED' };
  const found = {
    run: {
      id: 'run_1',
      networks: networks('STUDENT', 'TEACHER'),
      teachers: [
        { position: 0, network: 1, run: earlier },
        { position: 1, network: 0, run: null },
        { position: 2, network: 0, run: { ...earlier, state: 'RUNNING' } },
      ],
    },
    group: { id: 'g', twin: { id: 't', label: 'Independent', runs: [run('run_8', 1), run('run_9', 2)] } },
  };
  expect(referenceOptions(found as never, 2).map(({ runId, network, name }) => [runId, network, name])).toEqual([
    ['run_9', 0, 'independent twin · network 0'],
    ['run_9', 1, 'independent twin · network 1'],
    ['run_1', 1, 'teacher, trained within this run · network 1'],
    ['run_t', 1, 'teacher · Independent · cnn-32, seed 2 · network 1'],
  ]);
  expect(referenceOptions({ ...found, run: null } as never, 3)).toEqual([]);
});

it('are any network of a run that is named, each once', () => {
  const run = { id: 'run_9', label: 'KD · cnn', seed: 3, networks: networks('STUDENT', 'TEACHER') };
  const twin = { runId: 'run_9', network: 0, name: 'independent twin · network 0' };
  expect(eachOnce([twin, ...optionsOfRun(run as never)]).map(({ name }) => name)).toEqual([
    'independent twin · network 0',
    'KD · cnn, seed 3 · network 1',
  ]);
});
