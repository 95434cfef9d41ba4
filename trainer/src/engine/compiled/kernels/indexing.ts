import type { GatherV2Attrs, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs';
import { tf } from '../../tf.ts';
import { cast } from '../graph/arithmetic.ts';
import { expand, gather, reshape } from '../graph/shaping.ts';
import { elements, text } from '../graph/value.ts';
import { nhwc, valueIn } from '../layout.ts';
import { ownLayout, tracedIn, tracedNhwc } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const gatherKernel: Kernel = (call) => {
  const { axis, batchDims } = attributesAs<GatherV2Attrs>(call);
  const { trace } = call;
  const x = call.input('x');
  if (batchDims !== 0) throw new Error('gather with batch dimensions is not supported by the compiled engine: gather along one axis');
  const own = tf.util.parseAxisParam(axis, [...x.shape])[0] as number;
  const indices = nhwc(trace, call.input('indices'));
  // Channels first, a channel is a whole plane: gathering them there moves few large pieces instead of many small ones.
  const channels = own > 0 && own === x.shape.length - 1 && indices.shape.length === 1 && ownLayout(x) !== 'NHWC';
  if (!channels) return tracedNhwc(gather(trace.graph, nhwc(trace, x), indices, own));
  const shape = [...x.shape.slice(0, -1), indices.shape[0] as number];
  return tracedIn('NCHW', gather(trace.graph, valueIn(trace, x, 'NCHW'), indices, 1), shape);
};

/** Rows added up by their segment's number: the gradient of gather. */
const segmentSum: Kernel = (call) => {
  const { numSegments } = attributesAs<UnsortedSegmentSumAttrs>(call);
  const { trace } = call;
  const { graph } = trace;
  const rows = nhwc(trace, call.input('x'));
  const shape = [numSegments, ...rows.shape.slice(1)];
  const count = rows.shape[0] as number;
  const indices = cast(graph, reshape(graph, nhwc(trace, call.input('segmentIds')), [count, 1]), 'int64');
  const zero = trace.number(0, rows.dtype === 'int32' ? 'int32' : 'float32');
  const empty = expand(
    graph,
    reshape(
      graph,
      zero,
      shape.map(() => 1),
    ),
    shape,
  );
  if (elements(rows.shape) === 0) return tracedNhwc(empty);
  return tracedNhwc(graph.add('ScatterND', [empty, indices, rows], { shape, dtype: rows.dtype }, { reduction: text('add') }));
};

export const indexingKernels: KernelTable = { GatherV2: gatherKernel, UnsortedSegmentSum: segmentSum };
