import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepSignature, trainingStep } from '../../../training/step.ts';
import { inputsOf, planOf, prepareStep, STEP_CASES, type StepCase } from '../../../training/testing/step-cases.ts';
import { eager } from '../../eager.ts';
import type { Engine, TensorData } from '../../engine.ts';
import { CompiledEngine } from '../engine.ts';
import { startProvider } from '../provider.ts';
import { distance } from '../testing/run.ts';
import { traceStep } from '../trace-step.ts';
import { binary, cast } from './arithmetic.ts';
import { matMul } from './contraction.ts';
import { Graph } from './graph.ts';
import { withHalfProducts } from './half-products.ts';
import { transpose } from './shaping.ts';
import type { Value } from './value.ts';

const rounded = (graph: Graph, x: Value): Value => cast(graph, cast(graph, x, 'float16'), 'float32');

/** Every node as its operator, and the types that it reads and writes. */
const written = (graph: Graph): string[] =>
  graph.nodes.map(({ op, inputs, outputs }) => `${op}(${inputs.map((input) => input?.dtype).join()}): ${outputs[0]?.dtype}`);

describe('products of numbers that were rounded', () => {
  it('are computed in 16 bits, what is moved between is, and no number is cast twice', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2, 3], 'float32'), graph.input('b', [2, 3], 'float32')];
    const product = rounded(graph, matMul(graph, rounded(graph, a), transpose(graph, rounded(graph, b), [1, 0])));
    graph.output('again', rounded(graph, matMul(graph, product, rounded(graph, a))));
    expect(written(withHalfProducts(graph))).toEqual([
      'Cast(float32): float16',
      'Cast(float32): float16',
      'Transpose(float16): float16',
      'Gemm(float16,float16): float16',
      'Gemm(float16,float16): float16',
      'Cast(float16): float32',
    ]);
  });

  it('stay as they are where a factor was not rounded; so does a sum', () => {
    const graph = new Graph();
    const [a, b] = [graph.input('a', [2, 2], 'float32'), graph.input('b', [2, 2], 'float32')];
    graph.output('product', matMul(graph, rounded(graph, a), b));
    graph.output('sum', binary(graph, 'Add', rounded(graph, a), rounded(graph, b)));
    expect(written(withHalfProducts(graph))).toEqual([
      'Cast(float32): float16',
      'Cast(float16): float32',
      'Gemm(float32,float32): float32',
      'Cast(float32): float16',
      'Cast(float16): float32',
      'Add(float32,float32): float32',
    ]);
  });

  it('are none where nothing is rounded: the graph is the same', () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 2], 'float32');
    graph.output('product', matMul(graph, a, a));
    expect(withHalfProducts(graph)).toBe(graph);
  });
});

const CASE = STEP_CASES.find(({ title }) => title === 'products in float16') as StepCase;

describe('a whole step as it is written for CUDA', () => {
  let engine: CompiledEngine;
  beforeAll(async () => {
    engine = new CompiledEngine({ ...(await startProvider('cpu', 1)), block: 1, views: false, halves: 'products' });
  });
  afterAll(() => engine.dispose());

  const afterOne = async (own: Engine): Promise<TensorData> => {
    const { program, createState, signature } = await prepareStep(own, CASE);
    const state = createState();
    await program.run(state, inputsOf(signature, 0, CASE));
    const { weights } = await state.read();
    await program.dispose();
    return weights as TensorData;
  };

  // ONNX Runtime's CPU computes products of float16 in float32, and rounds less than a card does.
  it('runs, and is the reference’s but for rounding', async () => {
    expect(distance(await afterOne(engine), await afterOne(eager('cpu')))).toBeLessThan(2e-3);
  });

  it('is shorter than one with casts there and back', () => {
    const plan = planOf(CASE);
    const size = (halves?: 'products') => traceStep('step', stepSignature(plan), trainingStep(plan), { block: 1, halves }).model.length;
    expect(size('products')).toBeLessThan(size());
  });
});
