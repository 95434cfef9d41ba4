import { benchmarkSubject } from '../../../trainer/src/benchmark/subject.ts';
import { openEngine } from '../../../trainer/src/engine/open.ts';
import { GPU_ROWS, ROWS } from './rows.ts';

/** A row's training step and evaluation on that engine, ready to be called. `compiled-cuda:8` is an engine that takes eight steps in a call. */
export const trainer = async (rowName: string, engineName: string, threads: number, batch?: number) => {
  const [name = '', steps] = engineName.split(':');
  const rows = [...ROWS, ...GPU_ROWS];
  const row = rows.find(({ name }) => name === rowName);
  if (row === undefined) throw new Error(`no row ${rowName}; there are ${rows.map(({ name }) => name).join(', ')}`);
  return benchmarkSubject(await openEngine(name, { threads, stepsPerCall: steps === undefined ? undefined : Number(steps) }), row, batch);
};
