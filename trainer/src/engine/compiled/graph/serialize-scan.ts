import type { Graph, NamedValue } from './graph.ts';
import { liveInputs } from './live.ts';
import { encoded, graphProto, infoProto, TYPES } from './serialize.ts';

/** Name of the axis along which inputs and outputs of the single steps lie. */
const STEPS = 'steps';

/** What a step takes, by where it comes from. */
const inputsOf = (graph: Graph) => {
  const written = new Set(graph.outputs.map(({ origin }) => origin?.entry));
  const live = new Set(liveInputs(graph));
  return {
    /** Entries of the state that a step replaces, in the order of its outputs. */
    carried: graph.outputs.flatMap(({ origin }) =>
      graph.inputs.filter((own) => own.origin !== undefined && own.origin.entry === origin?.entry),
    ),
    /** Entries that stay as they are. */
    kept: graph.inputs.filter((own) => own.origin !== undefined && !written.has(own.origin.entry) && live.has(own)),
    /** What comes anew with every step. */
    given: graph.inputs.filter(({ origin }) => origin === undefined),
  };
};

/** The inputs that such a model has of the state. */
export const scannedState = (graph: Graph): NamedValue[] => {
  const { carried, kept } = inputsOf(graph);
  return [...carried, ...kept];
};

/**
 * A model that takes the graph's step several times in one call, by ONNX's `Scan`: each from the state that the one before left. Its inputs and outputs
 * are those of one step, but for a first axis that what is not state has here: as long as there are steps. The graph takes entries of the state whole.
 */
export const serializeScan = (graph: Graph): Uint8Array => {
  const { carried, kept, given } = inputsOf(graph);
  // Names within must differ from those around.
  const inner = ({ value, name }: NamedValue): NamedValue => ({ value, name: `each.${name}` });
  const body = graphProto(graph, { inputs: [...carried, ...given].map(inner), outer: kept, outputs: graph.outputs.map(inner) });
  const node = {
    opType: 'Scan',
    name: 'steps',
    input: [...carried, ...given].map(({ name }) => name),
    output: graph.outputs.map(({ name }) => name),
    attribute: [
      { name: 'body', type: TYPES.GRAPH, g: body },
      { name: 'num_scan_inputs', type: TYPES.INT, i: given.length },
    ],
  };
  return encoded({
    name: 'steps',
    node: [node],
    input: [...[...carried, ...kept].map((own) => infoProto(own)), ...given.map((own) => infoProto(own, STEPS))],
    output: graph.outputs.map((own) => infoProto(own, own.origin === undefined ? STEPS : undefined)),
  });
};
