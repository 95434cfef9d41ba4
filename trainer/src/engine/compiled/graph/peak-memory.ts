import type { Graph } from './graph.ts';
import { liveInputs, liveNodes } from './live.ts';
import { elements, type Node, type Value } from './value.ts';

const BYTES = { float32: 4, int32: 4, int64: 8, bool: 1, float16: 2, bfloat16: 2 } as const;

/** Their result is a view: their input's memory under another shape. */
const VIEWS = new Set(['Reshape', 'Identity', 'Squeeze', 'Unsqueeze']);

const bytesOf = ({ shape, dtype }: Value): number => elements(shape) * BYTES[dtype];

/**
 * Peak memory of a graph in bytes, from below: its inputs and outputs, and the largest sum of intermediate tensors that are live at once when nodes
 * run in their order and each is freed after its last use. A runtime needs more (workspace, fragmentation), and none can do with less.
 */
export const peakMemory = (graph: Graph): number => {
  const nodes = liveNodes(graph);
  const memoryOf = new Map<Value, Value>();
  const memory = (value: Value): Value => memoryOf.get(value) ?? value;
  for (const { op, inputs, outputs } of nodes) if (VIEWS.has(op)) memoryOf.set(outputs[0] as Value, memory(inputs[0] as Value));

  const outside = new Set([...liveInputs(graph), ...graph.outputs].map(({ value }) => memory(value)));
  const isOwn = (value: Value | null): value is Value => value !== null && value.constant === undefined && !outside.has(memory(value));
  const lastReader = new Map<Value, Node>();
  for (const node of nodes) for (const input of node.inputs) if (isOwn(input)) lastReader.set(memory(input), node);

  const held = new Set<Value>();
  let now = 0;
  let most = 0;
  for (const node of nodes) {
    // What is used here for the last time may be written over.
    for (const input of new Set(node.inputs.filter(isOwn).map(memory))) {
      if (lastReader.get(input) !== node || VIEWS.has(node.op) || !held.delete(input)) continue;
      now -= bytesOf(input);
    }
    for (const output of node.outputs) {
      if (!isOwn(output) || memory(output) !== output || !lastReader.has(output)) continue;
      held.add(output);
      now += bytesOf(output);
    }
    most = Math.max(most, now);
  }
  // The state's buffers may be donated to its next values.
  const kept = new Set(
    [...liveInputs(graph), ...graph.outputs.filter(({ origin }) => origin === undefined)].map(({ value }) => memory(value)),
  );
  return [...kept].reduce((sum, value) => sum + bytesOf(value), most);
};
