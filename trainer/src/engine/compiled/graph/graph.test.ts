import { describe, expect, it } from 'vitest';
import { binary } from './arithmetic.ts';
import { Graph } from './graph.ts';
import { int } from './value.ts';

const pair = { shape: [2], dtype: 'float32' as const };

describe('a graph under construction', () => {
  it('computes equal expressions once, and others apart', () => {
    const graph = new Graph();
    const [x, y] = [graph.input('x', [2], 'float32'), graph.input('y', [2], 'float32')];
    const sum = binary(graph, 'Add', x, y);
    expect(binary(graph, 'Add', x, y)).toBe(sum);
    expect(binary(graph, 'Mul', x, y)).not.toBe(sum);
    expect(binary(graph, 'Add', y, x)).not.toBe(sum);
    const first = graph.add('Softmax', [x], pair, { axis: int(0) });
    expect(graph.add('Softmax', [x], pair, { axis: int(0) })).toBe(first);
    expect(graph.add('Softmax', [x], pair, { axis: int(-1) })).not.toBe(first);
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Add', 'Mul', 'Add', 'Softmax', 'Softmax']);
  });

  it('keeps equal constants once, by shape, type and numbers', () => {
    const graph = new Graph();
    const constant = graph.constant(Float32Array.of(1, 2), [2], 'float32');
    expect(graph.constant(Float32Array.of(1, 2), [2], 'float32')).toBe(constant);
    expect(graph.constant(Float32Array.of(1, 2), [1, 2], 'float32')).not.toBe(constant);
    expect(graph.constant(Int32Array.of(1, 2), [2], 'int32')).not.toBe(constant);
    expect(graph.constant(Float32Array.of(1, -2), [2], 'float32')).not.toBe(constant);
    expect(graph.scalar(0)).not.toBe(graph.scalar(-0));
  });

  it('folds what is computed of constants alone: a column times a row', () => {
    const graph = new Graph();
    const column = graph.constant(Float32Array.of(1, 2), [2, 1], 'float32');
    const row = graph.constant(Float32Array.of(10, 20, 30), [3], 'float32');
    const product = binary(graph, 'Mul', column, row);
    expect(product).toMatchObject({ shape: [2, 3], constant: Float32Array.of(10, 20, 30, 20, 40, 60) });
    expect(binary(graph, 'Sub', product, graph.scalar(10)).constant).toEqual(Float32Array.of(0, 10, 20, 10, 30, 50));
    expect(graph.nodes).toEqual([]);
  });

  it('leaves out what changes nothing, but not where it broadcasts', () => {
    const graph = new Graph();
    const x = graph.input('x', [2], 'float32');
    for (const [op, neutral] of [
      ['Add', 0],
      ['Sub', 0],
      ['Mul', 1],
      ['Div', 1],
    ] as const) {
      expect(binary(graph, op, x, graph.scalar(neutral))).toBe(x);
    }
    expect(graph.nodes).toEqual([]);
    expect(binary(graph, 'Add', x, graph.constant(new Float32Array(4), [2, 2], 'float32')).shape).toEqual([2, 2]);
    expect(binary(graph, 'Sub', graph.scalar(0), x)).not.toBe(x);
  });
});
