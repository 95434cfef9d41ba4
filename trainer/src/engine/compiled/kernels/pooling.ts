import type { AvgPoolAttrs, AvgPoolGradAttrs, MaxPoolAttrs, MaxPoolGradAttrs } from '@tensorflow/tfjs';
import { pixelsInWindows } from '../../average-pool-gradient.ts';
import { binary } from '../graph/arithmetic.ts';
import { windowAttributes } from '../graph/convolution.ts';
import { expand, reshape } from '../graph/shaping.ts';
import { elements, int, ints, text, type Value } from '../graph/value.ts';
import { valueIn } from '../layout.ts';
import type { Trace } from '../trace.ts';
import { type Traced, tracedIn } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';
import { type Convolution, poolingOf } from './window.ts';

const pooledShape = ({ info }: Convolution) => [info.batchSize, info.inChannels, info.outHeight, info.outWidth];

/** Largest of each window, and where in the whole tensor the first largest lies. */
const largest = (trace: Trace, x: Traced, pooling: Convolution): readonly [Value, Value] => {
  const shape = pooledShape(pooling);
  const outputs = [
    { shape, dtype: 'float32' },
    { shape, dtype: 'int64' },
  ] as const;
  return trace.graph.addMany('MaxPool', [valueIn(trace, x, 'NCHW')], outputs, windowAttributes(pooling.window)) as unknown as readonly [
    Value,
    Value,
  ];
};

const maxPool: Kernel = (call) => {
  const x = call.input('x');
  const pooling = poolingOf(x.shape, attributesAs<MaxPoolAttrs>(call));
  return tracedIn('NCHW', largest(call.trace, x, pooling)[0], pooling.info.outShape);
};

/** Each window's gradient goes to the pixel that was its largest. */
const maxPoolGradient: Kernel = (call) => {
  const { trace } = call;
  const { graph } = trace;
  const [dy, x] = [call.input('dy'), call.input('input')];
  const pooling = poolingOf(x.shape, attributesAs<MaxPoolGradAttrs>(call));
  const size = elements(x.shape);
  const flat = (value: Value) => reshape(graph, value, [elements(value.shape)]);
  const empty = expand(graph, reshape(graph, trace.number(0), [1]), [size]);
  const inputs = [empty, flat(largest(trace, x, pooling)[1]), flat(valueIn(trace, dy, 'NCHW'))];
  const sums = graph.add('ScatterElements', inputs, { shape: [size], dtype: 'float32' }, { axis: int(0), reduction: text('add') });
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return tracedIn('NCHW', reshape(graph, sums, [batch, channels, height, width]), x.shape);
};

const averagePool: Kernel = (call) => {
  const { trace } = call;
  const x = call.input('x');
  const pooling = poolingOf(x.shape, attributesAs<AvgPoolAttrs>(call));
  const { dilations: _none, ...attributes } = windowAttributes(pooling.window);
  const output = { shape: pooledShape(pooling), dtype: 'float32' } as const;
  const value = trace.graph.add('AveragePool', [valueIn(trace, x, 'NCHW')], output, { ...attributes, count_include_pad: int(0) });
  return tracedIn('NCHW', value, pooling.info.outShape);
};

/** Each pixel gets dy / (the picture's pixels in a window) from every window it lies in. */
const averagePoolGradient: Kernel = (call) => {
  const { trace } = call;
  const { graph } = trace;
  const [dy, x] = [call.input('dy'), call.input('input')];
  const { info, window } = poolingOf(x.shape, attributesAs<AvgPoolGradAttrs>(call));
  const [kh, kw] = window.kernel;
  const padded = [...window.before, ...window.after].some((amount) => amount > 0);
  const each = expand(graph, reshape(graph, trace.number(padded ? 1 : 1 / (kh * kw)), [1, 1, 1, 1]), [info.inChannels, 1, kh, kw]);
  const shares = () =>
    graph.constant(
      Float32Array.from(pixelsInWindows(info), (own) => 1 / own),
      [1, 1, info.outHeight, info.outWidth],
      'float32',
    );
  const gradient = valueIn(trace, dy, 'NCHW');
  const rest = [info.inHeight, info.inWidth].map((extent, axis) => {
    const output = axis === 0 ? info.outHeight : info.outWidth;
    const reached = (output - 1) * (window.strides[axis] as number) + (window.kernel[axis] as number);
    return extent + (window.before[axis] as number) + (window.after[axis] as number) - reached;
  });
  const attributes = {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    pads: ints([...window.before, ...window.after]),
    group: int(info.inChannels),
    output_padding: ints(rest),
  };
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  const inputs = [padded ? binary(graph, 'Mul', gradient, shares()) : gradient, each];
  return tracedIn('NCHW', graph.add('ConvTranspose', inputs, { shape, dtype: 'float32' }, attributes), x.shape);
};

export const poolingKernels: KernelTable = {
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGradient,
  AvgPool: averagePool,
  AvgPoolGrad: averagePoolGradient,
};
