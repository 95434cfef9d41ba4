import { createRequire } from 'node:module';
import { onnxType } from './arithmetic.ts';
import type { Graph, NamedValue } from './graph.ts';
import { liveInputs, liveNodes } from './live.ts';
import type { Attribute, Node, Value } from './value.ts';

const { onnx } = createRequire(import.meta.url)('onnx-proto') as typeof import('onnx-proto');

/** Newest intermediate representation and operator set that onnx-proto's definition and every provider share. */
const IR_VERSION = 8;
const OPSETS = [
  { domain: '', version: 17 },
  { domain: 'com.microsoft', version: 1 },
  { domain: 'com.microsoft.nchwc', version: 1 },
];

export const TYPES = onnx.AttributeProto.AttributeType;

const attributeProto = (name: string, { kind, value }: Attribute) => {
  if (kind === 'int') return { name, i: value, type: TYPES.INT };
  if (kind === 'float') return { name, f: value, type: TYPES.FLOAT };
  if (kind === 'ints') return { name, ints: [...value], type: TYPES.INTS };
  if (kind === 'floats') return { name, floats: [...value], type: TYPES.FLOATS };
  return { name, s: Buffer.from(value), type: TYPES.STRING };
};

/** @param axis name of an axis in front of those that it has, of any length */
export const infoProto = ({ name, value: { shape, dtype } }: NamedValue, axis?: string) => {
  const dim = [...(axis === undefined ? [] : [{ dimParam: axis }]), ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: onnxType(dtype), shape: { dim } } } };
};

type Ends = {
  readonly inputs: readonly NamedValue[];
  /** Inputs of the graph around this one, which it reads by their names there. */
  readonly outer?: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  /** Name of an output to put before all others: an empty sequence. */
  readonly sequence?: string | undefined;
};

/** The graph without the model around it. Names are given in order here, so dead nodes leave no trace in the bytes. */
export const graphProto = (graph: Graph, { inputs, outer = [], outputs, sequence }: Ends) => {
  const names = new Map<number, string>();
  for (const { name, value } of [...inputs, ...outer]) names.set(value.id, name);
  const constants: Value[] = [];
  const nodes = liveNodes(graph);
  // An output carries its own name where a node computes it and no other output has it; the others are copied.
  const copied: NamedValue[] = [];
  for (const output of outputs) {
    if (names.has(output.value.id) || graph.producer(output.value) === undefined) copied.push(output);
    else names.set(output.value.id, output.name);
  }
  const nameOf = (value: Value): string => {
    const known = names.get(value.id);
    if (known !== undefined) return known;
    const name = `${value.constant === undefined ? 'v' : 'c'}${names.size}`;
    names.set(value.id, name);
    if (value.constant !== undefined) constants.push(value);
    return name;
  };
  const nodeProto = (
    opType: string,
    domain: string,
    inputs: string[],
    outputs: string[],
    attributes: Node['attributes'],
    index: number,
  ) => ({
    opType,
    domain,
    name: `${opType}.${index}`,
    input: inputs,
    output: outputs,
    attribute: Object.entries(attributes).map(([name, attribute]) => attributeProto(name, attribute)),
  });
  const node = [
    ...nodes.map((own, index) => {
      const inputs = own.inputs.map((input) => (input === null ? '' : nameOf(input)));
      return nodeProto(own.op, own.domain, inputs, own.outputs.map(nameOf), own.attributes, index);
    }),
    ...copied.map(({ name, value }, index) => nodeProto('Identity', '', [nameOf(value)], [name], {}, nodes.length + index)),
  ];
  const output: object[] = outputs.map((named) => infoProto(named));
  if (sequence !== undefined) {
    node.push(nodeProto('SequenceEmpty', '', [], [sequence], {}, node.length));
    output.unshift({ name: sequence, type: { sequenceType: { elemType: { tensorType: { elemType: onnxType('float32') } } } } });
  }
  const initializer = constants.map((value) => ({
    name: nameOf(value),
    dims: [...value.shape],
    dataType: onnxType(value.dtype),
    rawData: new Uint8Array(value.constant?.buffer as ArrayBuffer, value.constant?.byteOffset, value.constant?.byteLength),
  }));
  return { name: 'step', node, initializer, input: inputs.map((named) => infoProto(named)), output };
};

/** An ONNX model around a graph. */
export const encoded = (graph: object): Uint8Array =>
  onnx.ModelProto.encode({ irVersion: IR_VERSION, opsetImport: OPSETS, producerName: 'studyhall', graph }).finish();

/**
 * The graph as an ONNX model.
 *
 * @param sequence name of an output to put before all others: an empty sequence
 */
export const serialize = (graph: Graph, sequence?: string): Uint8Array =>
  encoded(graphProto(graph, { inputs: liveInputs(graph), outputs: graph.outputs, sequence }));
