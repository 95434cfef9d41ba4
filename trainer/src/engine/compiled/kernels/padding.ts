import type { MirrorPadAttrs, PadV2Attrs } from '@tensorflow/tfjs';
import type { Graph } from '../graph/graph.ts';
import { concat, type Padding, pad, slice } from '../graph/shaping.ts';
import type { Value } from '../graph/value.ts';
import { held, physical, physicalAxes, plain } from '../layout.ts';
import { ownLayout, tracedIn, tracedPlain } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const constant: Kernel = (call) => {
  const { trace } = call;
  const { paddings, constantValue } = attributesAs<PadV2Attrs>(call);
  const x = call.input('x');
  const last = x.shape.length - 1;
  const own = ownLayout(x);
  const channels = paddings[last] as [number, number];
  const layout = own === 'blocked' && (channels[0] !== 0 || channels[1] !== 0) ? 'plain' : own;
  const value = physical(trace, x, layout);
  const padding: [number, number][] = value.shape.map(() => [0, 0]);
  for (const [axis, amounts] of paddings.entries()) padding[physicalAxes(x.shape, axis, layout)[0] as number] = amounts;
  const shape = x.shape.map((extent, axis) => extent + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
  return tracedIn(layout, held(trace, pad(trace.graph, value, padding, 'constant', constantValue), shape, layout), shape);
};

/** The picture continued by its mirror image, its edge repeated; one axis after the other. */
const symmetric = (graph: Graph, x: Value, paddings: Padding): Value =>
  paddings.reduce((padded, [before, after], axis) => {
    const extent = padded.shape[axis] as number;
    const rows = (from: number, count: number) =>
      Array.from({ length: count }, (_, k) => slice(graph, padded, [{ axis, begin: from - k, end: from - k + 1 }]));
    const parts = [...rows(before - 1, before), padded, ...rows(extent - 1, after)];
    return parts.length === 1 ? padded : concat(graph, parts, axis);
  }, x);

const mirror: Kernel = (call) => {
  const { paddings, mode } = attributesAs<MirrorPadAttrs>(call);
  const { graph } = call.trace;
  const x = plain(call.trace, call.input('x'));
  return tracedPlain(mode === 'reflect' ? pad(graph, x, paddings, 'reflect') : symmetric(graph, x, paddings));
};

export const paddingKernels: KernelTable = { PadV2: constant, MirrorPad: mirror };
