import type { Graph } from './graph.ts';
import { liveInputs, liveNodes } from './serialize.ts';
import { elements, type Node, type Value } from './value.ts';

const BYTES = { float32: 4, int32: 4, int64: 8, bool: 1 } as const;

/** Their result is their input's memory under another shape. */
const VIEWS = new Set(['Reshape', 'Identity', 'Squeeze', 'Unsqueeze']);

const bytesOf = ({ shape, dtype }: Value): number => elements(shape) * BYTES[dtype];

/**
 * The least memory in bytes that running a graph takes: what goes in and comes out, and the most that has to be there at one moment between, when
 * nodes run in their order and everything goes once its last reader has it. A runtime needs more; none can do with less.
 */
export const leastBytes = (graph: Graph): number => {
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
    // What is read here for the last time may be written over.
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
  // The state's next values may be written over those it held.
  const kept = new Set(
    [...liveInputs(graph), ...graph.outputs.filter(({ origin }) => origin === undefined)].map(({ value }) => memory(value)),
  );
  return [...kept].reduce((sum, value) => sum + bytesOf(value), most);
};
