import type { PadV2Attrs } from '@tensorflow/tfjs';
import { pad } from '../graph/shaping.ts';
import { fromPhysical, physical, physicalAxes } from '../layout.ts';
import { ownLayout, tracedIn } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const constant: Kernel = (call) => {
  const { trace } = call;
  const { paddings, constantValue } = attributesAs<PadV2Attrs>(call);
  const x = call.input('x');
  const last = x.shape.length - 1;
  const own = ownLayout(x);
  const channels = paddings[last] as [number, number];
  const layout = own === 'NCHWc' && (channels[0] !== 0 || channels[1] !== 0) ? 'NHWC' : own;
  const value = physical(trace, x, layout);
  const padding: [number, number][] = value.shape.map(() => [0, 0]);
  for (const [axis, amounts] of paddings.entries()) padding[physicalAxes(x.shape, axis, layout)[0] as number] = amounts;
  const shape = x.shape.map((extent, axis) => extent + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
  return tracedIn(layout, fromPhysical(trace, pad(trace.graph, value, padding, constantValue), shape, layout), shape);
};

export const paddingKernels: KernelTable = { PadV2: constant };
