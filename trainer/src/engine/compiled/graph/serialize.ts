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

const TYPES = onnx.AttributeProto.AttributeType;

const attributeProto = (name: string, { kind, value }: Attribute) => {
  if (kind === 'int') return { name, i: value, type: TYPES.INT };
  if (kind === 'float') return { name, f: value, type: TYPES.FLOAT };
  if (kind === 'ints') return { name, ints: [...value], type: TYPES.INTS };
  if (kind === 'floats') return { name, floats: [...value], type: TYPES.FLOATS };
  return { name, s: Buffer.from(value), type: TYPES.STRING };
};

const infoProto = ({ name, value: { shape, dtype } }: NamedValue) => ({
  name,
  type: { tensorType: { elemType: onnxType(dtype), shape: { dim: shape.map((dimValue) => ({ dimValue })) } } },
});

/**
 * The graph as an ONNX model. Names are given in order here, so dead nodes leave no trace in the bytes.
 *
 * @param sequence name of an output to put before all others: an empty sequence
 */
export const serialize = (graph: Graph, sequence?: string): Uint8Array => {
  const names = new Map<number, string>();
  const inputs = liveInputs(graph);
  for (const { name, value } of inputs) names.set(value.id, name);
  const constants: Value[] = [];
  const nodes = liveNodes(graph);
  // An output carries its own name where a node computes it and no other output has it; the others are copied.
  const copied: NamedValue[] = [];
  for (const output of graph.outputs) {
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
  const output: object[] = graph.outputs.map(infoProto);
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
  const model = {
    irVersion: IR_VERSION,
    opsetImport: OPSETS,
    producerName: 'studyhall',
    graph: { name: 'step', node, initializer, input: inputs.map(infoProto), output },
  };
  return onnx.ModelProto.encode(model).finish();
};
