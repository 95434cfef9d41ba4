import type { Graph, NamedValue } from './graph.ts';
import type { Node, Value } from './value.ts';

/** Nodes that outputs depend on, in the order they were added. */
export const liveNodes = (graph: Graph): Node[] => {
  const needed = graph.ancestors(graph.outputs.map(({ value }) => value));
  return graph.nodes.filter((node) => needed.has(node));
};

/** Inputs to hand in: all but the views of the state that nothing reads. */
export const liveInputs = (graph: Graph): NamedValue[] => {
  const read = new Set<Value | null>([...liveNodes(graph).flatMap(({ inputs }) => inputs), ...graph.outputs.map(({ value }) => value)]);
  return graph.inputs.filter(({ value, origin }) => origin === undefined || read.has(value));
};
