import { describe, expect, it } from 'vitest';
import { Graph } from './graph.ts';
import { peakMemory } from './peak-memory.ts';

const vector = (length: number) => ({ shape: [length], dtype: 'float32' as const });

describe('the peak memory of a graph', () => {
  it('is its inputs, its outputs and what lives at one moment between', () => {
    const graph = new Graph();
    const x = graph.input('x', [100], 'float32');
    const a = graph.add('Exp', [x], vector(100));
    const b = graph.add('Tanh', [a], vector(100));
    // a is still there while b is, for the sum.
    graph.output('y', graph.add('Add', [a, b], vector(100)));
    expect(peakMemory(graph)).toBe(4 * (100 + 100 + 200));
  });

  it('counts a chain once: each link may be written over the one before', () => {
    const graph = new Graph();
    let x = graph.input('x', [100], 'float32');
    for (const op of ['Exp', 'Tanh', 'Sqrt', 'Neg']) x = graph.add(op, [x], vector(100));
    graph.output('y', graph.add('ReduceSum', [x], { shape: [], dtype: 'float32' }));
    expect(peakMemory(graph)).toBe(4 * (100 + 1 + 100));
  });

  it('counts no views and nothing that no output needs', () => {
    const graph = new Graph();
    const x = graph.input('x', [100], 'float32');
    graph.add('Exp', [x], vector(100));
    const turned = graph.add('Reshape', [x, graph.integers([10, 10])], { shape: [10, 10], dtype: 'float32' });
    graph.output('y', graph.add('Sqrt', [turned], { shape: [10, 10], dtype: 'float32' }));
    expect(peakMemory(graph)).toBe(4 * 200);
  });
});
