import type { Graph, NamedValue } from './graph.ts';
import { ELEMENTWISE } from './horizontal-fusion.ts';
import { liveNodes } from './live.ts';
import { elements, type Node } from './value.ts';

type Range = { readonly begin: number; readonly end: number };

const rangeOf = ({ origin, value }: NamedValue): Range => {
  const begin = origin?.begin ?? 0;
  return { begin, end: begin + elements(value.shape) };
};

const overlap = (a: Range, b: Range) => a.begin < b.end && b.begin < a.end;

/** Whether a node can work in place: element by element on the same range, or in the sum that a convolution adds to. */
const isInPlace = (node: Node, read: NamedValue, written: NamedValue): boolean => {
  const [from, to] = [rangeOf(read), rangeOf(written)];
  if (from.begin !== to.begin || from.end !== to.end) return false;
  return ELEMENTWISE.has(node.op) || (node.op === 'Conv' && node.inputs[3] === read.value && !node.inputs.slice(0, 3).includes(read.value));
};

/**
 * Entries of the state that can donate their buffer to their next value: every reader of a range runs before the node that writes it, since
 * that depends on it, or is that node and works in place. Saves a second buffer, and fetching what is only written.
 */
export const donatable = (graph: Graph, entries: readonly string[]): string[] => {
  const nodes = liveNodes(graph);
  return entries.filter((entry) => {
    const reads = graph.inputs.filter(({ origin }) => origin?.entry === entry);
    // An input that is an output is copied, and it is not defined when.
    if (graph.outputs.some(({ value }) => reads.some((read) => read.value === value))) return false;
    const readers = reads.flatMap((read) => nodes.filter(({ inputs }) => inputs.includes(read.value)).map((node) => ({ node, read })));
    return graph.outputs.every((written) => {
      if (written.origin?.entry !== entry) return true;
      const own = graph.producer(written.value);
      if (own === undefined) return false;
      const before = graph.ancestors(own.inputs.filter((input) => input !== null));
      return readers.every(
        ({ node, read }) =>
          !overlap(rangeOf(read), rangeOf(written)) || before.has(node) || (node === own && isInPlace(node, read, written)),
      );
    });
  });
};
