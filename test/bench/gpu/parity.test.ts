import { expect, it } from 'vitest';
import { type Agreement, type Compared, parity } from './parity.ts';

const compared = async (engine: string, signal = new AbortController().signal, what: Compared = { kernels: 'Relu' }) => {
  const kept: Agreement[] = [];
  const ended = await parity(engine, {}, signal, (own) => kept.push(own), what).then(
    () => null,
    (error: Error) => error.message,
  );
  return { last: kept.at(-1), ended };
};

it('a part of the comparison is said to be one, and passes on the CPU', async () => {
  expect(await compared('compiled-cpu')).toEqual({ last: { agree: 1, disagree: [], inFull: false }, ended: null });
});

it('a process that ends counts as a disagreement, with what it said last', async () => {
  const { last, ended } = await compared('tensorrt');
  expect(last?.disagree).toEqual([
    expect.stringMatching(/^its process ended with 1 after 0 comparisons: EngineError: "tensorrt" is not a valid engine name/),
  ]);
  expect(ended).toMatch(/^1 of 1 do not agree with the reference: its process ended/);
});

it('a name that nothing has is refused, and comparing nothing is no agreement', async () => {
  expect((await compared('compiled-cpu', undefined, { kernels: 'Rely' })).ended).toContain('Error: no kernel Rely; there are Elu; ');
  expect((await compared('compiled-cpu', undefined, { steps: '' })).ended).toBe('nothing was compared');
});

it('one that is cut ends with its process, and disagrees with nothing', async () => {
  const { last, ended } = await compared('compiled-cpu', AbortSignal.timeout(50));
  expect({ last, ended }).toEqual({ last: undefined, ended: null });
});
