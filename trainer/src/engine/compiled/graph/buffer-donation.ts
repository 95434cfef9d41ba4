import type { Graph, NamedValue } from './graph.ts';
import { ELEMENTWISE } from './horizontal-fusion.ts';
import { liveNodes } from './serialize.ts';
import { elements, type Node } from './value.ts';

type Stretch = { readonly begin: number; readonly end: number };

const stretchOf = ({ origin, value }: NamedValue): Stretch => {
  const begin = origin?.begin ?? 0;
  return { begin, end: begin + elements(value.shape) };
};

const overlap = (a: Stretch, b: Stretch) => a.begin < b.end && b.begin < a.end;

/** Whether a node may write where it reads: number by number, at equal places, or the sum that a convolution adds to. */
const writesAsItReads = (node: Node, read: NamedValue, written: NamedValue): boolean => {
  const [from, to] = [stretchOf(read), stretchOf(written)];
  if (from.begin !== to.begin || from.end !== to.end) return false;
  return ELEMENTWISE.has(node.op) || (node.op === 'Conv' && node.inputs[3] === read.value && !node.inputs.slice(0, 3).includes(read.value));
};

/**
 * Entries of the state whose next numbers may be written over their current ones: every node that reads a stretch has run before another is
 * written into its place, since that depends on it. Saves the processor from fetching what is only written, and a second buffer.
 */
export const overwritable = (graph: Graph, entries: readonly string[]): string[] => {
  const nodes = liveNodes(graph);
  return entries.filter((entry) => {
    const reads = graph.inputs.filter(({ origin }) => origin?.entry === entry);
    // An input that is an output is copied at some time nobody knows.
    if (graph.outputs.some(({ value }) => reads.some((read) => read.value === value))) return false;
    const readers = reads.flatMap((read) => nodes.filter(({ inputs }) => inputs.includes(read.value)).map((node) => ({ node, read })));
    return graph.outputs.every((written) => {
      if (written.origin?.entry !== entry) return true;
      const own = graph.producer(written.value);
      if (own === undefined) return false;
      const before = graph.ancestors(own.inputs.filter((input) => input !== null));
      return readers.every(
        ({ node, read }) =>
          !overlap(stretchOf(read), stretchOf(written)) || before.has(node) || (node === own && writesAsItReads(node, read, written)),
      );
    });
  });
};
