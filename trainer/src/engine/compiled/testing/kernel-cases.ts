import { HALVES } from '../../half/half.ts';
import { rounded } from '../../half/rounded.ts';
import { tf } from '../../tf.ts';
import { type Compute, type Given, rounding } from './run.ts';

/** A call of one kernel on random numbers, and how far two engines may lie apart on it. */
export type KernelCase = { readonly given: readonly Given[]; readonly compute: Compute; readonly tolerance: number };

type Range = Pick<Given, 'low' | 'high' | 'integers'>;
type Shape = readonly number[];

/** A vector, a matrix, pictures whose channels fill blocks and ones that do not; and one number. */
const SHAPES: readonly Shape[] = [[], [7], [3, 5], [2, 3, 3, 16], [2, 4, 3, 5]];

/** Equal shapes, channels, columns against rows, one number, fewer axes, pictures against pictures of one pixel. */
const PAIRS: readonly (readonly [Shape, Shape])[] = [
  [
    [3, 4],
    [3, 4],
  ],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [
    [2, 3, 3, 16],
    [2, 3, 3, 16],
  ],
  [[2, 3, 3, 16], [16]],
  [[5], [2, 3, 3, 5]],
  [
    [2, 3, 3, 16],
    [2, 1, 1, 16],
  ],
  [
    [1, 3, 1, 16],
    [2, 1, 3, 1],
  ],
];

const x0 = (tensors: readonly tf.Tensor[]) => tensors[0] as tf.Tensor;
const x1 = (tensors: readonly tf.Tensor[]) => tensors[1] as tf.Tensor;
const x2 = (tensors: readonly tf.Tensor[]) => tensors[2] as tf.Tensor;

/** Pictures of four axes come out of a convolution with the identity, so that they lie as activations do. */
export const activation = (x: tf.Tensor): tf.Tensor => {
  if (x.rank !== 4 || x.dtype !== 'float32') return x;
  const channels = x.shape.at(-1) as number;
  return tf.conv2d(x as tf.Tensor4D, tf.reshape(tf.eye(channels), [1, 1, channels, channels]) as tf.Tensor4D, 1, 'same');
};

const one = (f: (x: tf.Tensor) => tf.Tensor | readonly tf.Tensor[], size = 1, range: Range = {}): KernelCase[] =>
  SHAPES.map((shape) => ({ given: [{ shape, ...range }], compute: (own) => f(activation(x0(own))), tolerance: rounding(16, size) }));

const two = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, size = 1, range: Range = {}, rangeOfSecond = range): KernelCase[] =>
  PAIRS.map(([a, b]) => ({
    given: [
      { shape: a, ...range },
      { shape: b, ...rangeOfSecond },
    ],
    compute: (own) => f(activation(x0(own)), activation(x1(own))),
    tolerance: rounding(16, size),
  }));

const exact = (cases: readonly KernelCase[]): KernelCase[] => cases.map((own) => ({ ...own, tolerance: 0 }));

const number = (x: tf.Tensor) => tf.cast(x, 'float32');
/** Numbers of which many are equal. */
const coarse = (x: tf.Tensor) => tf.round(tf.mul(x, 2));

const comparison = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => exact(two((a, b) => number(f(coarse(a), coarse(b)))));

const reduction = (f: (x: tf.Tensor, axes: number[], keep: boolean) => tf.Tensor, terms = 288): KernelCase[] =>
  [[0], [3], [1, 2], [0, 1, 2], [2, 3], [0, 1, 2, 3]].flatMap((axes, index) =>
    [16, 5].map((channels) => ({
      given: [{ shape: [2, 3, 3, channels] }],
      compute: (own) => f(activation(x0(own)), axes, index % 2 === 0),
      tolerance: rounding(terms),
    })),
  );

const single = (shape: Shape, compute: (x: tf.Tensor) => tf.Tensor | readonly tf.Tensor[], size = 1): KernelCase => ({
  given: [{ shape }],
  compute: (own) => compute(activation(x0(own))),
  tolerance: rounding(16, size),
});

type Shape4 = [number, number, number, number];
type Window = { shape: Shape; filter: Shape; strides: [number, number]; pad: 'same' | 'valid' };

/** Extents that strides divide and ones they do not, filters of even and uneven size, channels in and out of blocks. */
const WINDOWS: readonly Window[] = [
  { shape: [2, 6, 6, 16], filter: [3, 3, 16, 16], strides: [1, 1], pad: 'same' },
  { shape: [3, 7, 5, 3], filter: [3, 3, 3, 16], strides: [2, 2], pad: 'same' },
  { shape: [1, 5, 8, 16], filter: [2, 4, 16, 7], strides: [1, 2], pad: 'valid' },
  { shape: [2, 6, 7, 32], filter: [1, 1, 32, 16], strides: [2, 2], pad: 'same' },
  { shape: [2, 1, 9, 4], filter: [1, 5, 4, 8], strides: [1, 1], pad: 'same' },
];

const windows = (
  list: readonly Window[],
  f: (x: tf.Tensor4D, w: tf.Tensor4D, own: Window) => tf.Tensor,
  differentiate: 'no' | 'x' | 'w',
): KernelCase[] =>
  list.map((own) => {
    const { shape, filter } = own;
    const output = tf.tidy(() => f(tf.zeros(shape as Shape4), tf.zeros(filter as Shape4), own).shape);
    const terms = (filter[0] as number) * (filter[1] as number) * Math.max(...filter.slice(2));
    const pixels = output.slice(0, 3).reduce((product, extent) => product * extent, 1);
    return {
      given: [{ shape }, { shape: filter }, { shape: output }],
      compute: (tensors) => {
        const [x, w, dy] = [x0(tensors) as tf.Tensor4D, x1(tensors) as tf.Tensor4D, x2(tensors)];
        if (differentiate === 'x') return tf.grad((a: tf.Tensor) => f(a as tf.Tensor4D, w, own))(x, dy);
        if (differentiate === 'w') return tf.grad((b: tf.Tensor) => f(x, b as tf.Tensor4D, own))(w, dy);
        return f(x, w, own);
      },
      tolerance: rounding(Math.max(terms, pixels)),
    };
  });

const convolve = (x: tf.Tensor4D, w: tf.Tensor4D, { strides, pad }: Window) => tf.conv2d(x, w, strides, pad);

const DEPTHWISE: readonly Window[] = [
  { shape: [2, 6, 6, 16], filter: [3, 3, 16, 1], strides: [1, 1], pad: 'same' },
  { shape: [3, 7, 7, 16], filter: [3, 3, 16, 1], strides: [2, 2], pad: 'same' },
  { shape: [2, 5, 6, 6], filter: [3, 3, 6, 1], strides: [2, 2], pad: 'valid' },
  { shape: [2, 5, 5, 4], filter: [3, 3, 4, 2], strides: [1, 1], pad: 'same' },
];

const convolveDepthwise = (x: tf.Tensor4D, w: tf.Tensor4D, { strides, pad }: Window) => tf.depthwiseConv2d(x, w, strides, pad);

const pooling = (
  f: (x: tf.Tensor4D, size: number, stride: number, pad: 'same' | 'valid') => tf.Tensor,
  pads: readonly ('same' | 'valid')[],
  gradient: boolean,
): KernelCase[] =>
  pads.flatMap((pad) =>
    (
      [
        [2, 2],
        [3, 2],
        [3, 1],
      ] as const
    ).flatMap(([size, stride]) =>
      [16, 5].map((channels) =>
        single(
          [2, 7, 6, channels],
          (x) => {
            const pool = (own: tf.Tensor) => f(own as tf.Tensor4D, size, stride, pad);
            return gradient ? tf.grad((own: tf.Tensor) => tf.square(pool(own)))(x) : pool(x);
          },
          2,
        ),
      ),
    ),
  );

const products: KernelCase[] = (
  [
    [[3, 4], [4, 5], false, false],
    [[4, 3], [5, 4], true, true],
    [[2, 3, 4], [2, 5, 4], false, true],
    [[2, 3, 3, 4], [2, 3, 4, 5], false, false],
    [[1, 3, 4], [5, 4, 2], false, false],
  ] as const
).map(([a, b, turnA, turnB]) => ({
  given: [{ shape: a }, { shape: b }],
  compute: (own) => tf.matMul(x0(own), x1(own), turnA, turnB),
  tolerance: rounding(4),
}));

const rows: Range = { low: 0, high: 6, integers: true };

const activations = {
  Elu: one(tf.elu),
  EluGrad: one((x) => tf.grad((own: tf.Tensor) => tf.elu(own))(x)),
  LeakyRelu: one((x) => tf.leakyRelu(x, 0.3)),
  Prelu: two((x, alpha) => tf.prelu(x, alpha)),
  Relu: one(tf.relu),
  Relu6: one((x) => tf.relu6(tf.mul(x, 9)), 9),
  Sigmoid: one(tf.sigmoid),
  Softmax: [[7], [3, 5], [2, 3, 3, 16]].map((shape) => single(shape, (x) => tf.softmax(x))),
  Softplus: one(tf.softplus, 2),
  Step: exact(one((x) => tf.step(x, 0.25)).concat(one((x) => tf.step(x)))),
  Tanh: one(tf.tanh),
};

const elementwise = {
  Abs: one(tf.abs),
  Add: two(tf.add),
  AddN: [
    [3, 5],
    [2, 3, 3, 16],
  ].map((shape) => ({
    given: [{ shape }, { shape }, { shape }],
    compute: (own: tf.Tensor[]) => tf.addN(own.map(activation)),
    tolerance: rounding(4, 3),
  })),
  RoundToHalf: exact(HALVES.flatMap((format) => one((x) => rounded(tf.mul(x, 3), format)))),
  Cast: exact([...one((x) => tf.cast(tf.mul(x, 5), 'int32')), ...one((x) => number(tf.cast(tf.relu(x), 'bool')))]),
  Ceil: exact(one((x) => tf.ceil(tf.mul(x, 5)))),
  ClipByValue: one((x) => tf.clipByValue(x, -0.4, 0.6)),
  Cos: one(tf.cos),
  Erf: one(tf.erf, 2),
  Exp: one(tf.exp, 3),
  Expm1: one(tf.expm1, 3),
  Floor: exact(one((x) => tf.floor(tf.mul(x, 5)))),
  FloorDiv: exact([
    ...two((a, b) => tf.floorDiv(tf.mul(a, 7), tf.add(b, 2))),
    ...two((a, b) => tf.floorDiv(a, b), 1, { low: -9, high: 9, integers: true }, { low: 1, high: 5, integers: true }),
  ]),
  Identity: exact(one((x) => tf.clone(x))),
  IsFinite: exact(one((x) => number(tf.isFinite(tf.log(x))))),
  IsNan: exact(one((x) => number(tf.isNaN(tf.sqrt(x))))),
  Log: one((x) => tf.log(tf.add(x, 1.5)), 2),
  Log1p: one((x) => tf.log1p(tf.mul(x, 0.5)), 2),
  Maximum: two(tf.maximum),
  Minimum: two(tf.minimum),
  Multiply: two(tf.mul),
  Neg: one(tf.neg),
  Pow: two((a, b) => tf.pow(tf.add(a, 2), b), 3),
  RealDiv: two((a, b) => tf.div(a, tf.add(b, 3))),
  Reciprocal: one((x) => tf.reciprocal(tf.add(x, 1.5)), 8),
  Round: exact(one((x) => tf.round(tf.mul(x, 5)))),
  Rsqrt: one((x) => tf.rsqrt(tf.add(x, 1.5)), 4),
  Sign: exact(one(tf.sign)),
  Sin: one(tf.sin),
  Sqrt: one((x) => tf.sqrt(tf.add(x, 1.5)), 2),
  Square: one(tf.square),
  SquaredDifference: two(tf.squaredDifference, 4),
  Sub: two(tf.sub),
};

const logic = {
  Equal: comparison(tf.equal),
  NotEqual: comparison(tf.notEqual),
  Greater: comparison(tf.greater),
  GreaterEqual: comparison(tf.greaterEqual),
  Less: comparison(tf.less),
  LessEqual: comparison(tf.lessEqual),
  LogicalAnd: comparison((a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0))),
  LogicalNot: exact(one((x) => number(tf.logicalNot(tf.greater(x, 0))))),
  LogicalOr: comparison((a, b) => tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0))),
  Select: two((a, b) => tf.where(tf.less(a, b), a, tf.mul(b, 2)), 2),
};

const reductions = {
  All: exact(reduction((x, axes, keep) => number(tf.all(tf.greater(x, -0.9), axes, keep)))),
  Any: exact(reduction((x, axes, keep) => number(tf.any(tf.greater(x, 0.9), axes, keep)))),
  ArgMax: exact([0, 1, 3].map((axis) => single([2, 3, 4, 16], (x) => tf.argMax(x, axis)))),
  ArgMin: exact([0, 1, 3].map((axis) => single([2, 3, 4, 16], (x) => tf.argMin(x, axis)))),
  Max: exact(reduction(tf.max)),
  Mean: reduction((x, axes, keep) => tf.mean(x, axes, keep)),
  Min: exact(reduction(tf.min)),
  Prod: reduction((x, axes, keep) => tf.prod(tf.add(1, tf.mul(x, 0.01)), axes, keep)),
  Sum: reduction(tf.sum),
};

const shaping = {
  Concat: exact([
    ...[0, 1, 3].map((axis) => single([2, 4, 4, 16], (x) => tf.concat([x, tf.relu(x), x], axis))),
    single([2, 4, 4, 5], (x) => tf.concat([x, tf.relu(x)], 3)),
    single([7], (x) => tf.concat([x, x])),
  ]),
  ExpandDims: exact([...one((x) => tf.expandDims(x, 0)), ...one((x) => tf.expandDims(x, -1))]),
  Pack: exact([0, 1, 2].map((axis) => single([3, 4], (x) => tf.stack([x, tf.neg(x)], axis)))),
  PadV2: exact([
    single([2, 4, 4, 16], (x) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [2, 0],
        [0, 0],
      ]),
    ),
    single([2, 4, 4, 16], (x) =>
      tf.pad(
        x,
        [
          [0, 0],
          [0, 0],
          [0, 0],
          [3, 4],
        ],
        0.5,
      ),
    ),
    single([5], (x) => tf.pad(x, [[2, 3]])),
  ]),
  Reshape: exact([
    single([2, 4, 4, 16], (x) => [tf.reshape(x, [2, 256]), tf.reshape(x, [2, 16, 16]), tf.reshape(x, [512])]),
    single([2, 3, 4, 5], (x) => tf.reshape(x, [4, 5, 6])),
    single([1], (x) => tf.reshape(x, [])),
  ]),
  Reverse: exact([single([4, 5], (x) => tf.reverse(x, 1)), single([2, 3, 3, 16], (x) => tf.reverse(x, [1, 2]))]),
  Slice: exact([
    single([2, 4, 4, 16], (x) => [tf.slice(x, [0, 1, 1, 2], [2, 2, 3, 5]), tf.slice(x, [1, 1, 0, 0], [1, 3, 4, 16])]),
    single([9], (x) => tf.slice(x, [2], [5])),
  ]),
  SplitV: exact([
    single([2, 4, 4, 32], (x) => tf.split(x, 2, 3)),
    single([7, 3], (x) => tf.split(x, [2, 1, 4], 0)),
    single([9], (x) => tf.split(x, [4, 5])),
  ]),
  StridedSlice: exact([
    single([2, 4, 4, 16], (x) => tf.stridedSlice(x, [0, 0, 1, 0], [2, 4, 4, 16], [1, 2, 2, 3])),
    single([9], (x) => tf.stridedSlice(x, [8], [1], [-2])),
  ]),
  Tile: exact([
    single([2, 3], (x) => tf.tile(x, [2, 3])),
    single([2, 3, 1], (x) => tf.tile(x, [1, 1, 4])),
    single([2, 2, 2, 16], (x) => tf.tile(x, [1, 2, 1, 1])),
  ]),
  Transpose: exact([
    single([2, 4, 4, 16], (x) => [tf.transpose(x, [0, 3, 1, 2]), tf.transpose(x, [1, 0, 3, 2])]),
    single([3, 5], (x) => tf.transpose(x)),
  ]),
  Unpack: exact([0, 1, 2].map((axis) => single([3, 2, 4], (x) => tf.unstack(x, axis)))),
};

const creation = {
  Fill: exact(one((x) => tf.add(x, tf.fill([2, 1], 0)), 1).slice(0, 1)),
  OneHot: exact(
    [4, 7].map((depth) => ({
      given: [{ shape: [5], ...rows }],
      compute: (own: tf.Tensor[]) => tf.oneHot(x0(own) as tf.Tensor1D, depth, 2, -1),
      tolerance: 0,
    })),
  ),
  OnesLike: one((x) => tf.add(x, tf.onesLike(x)), 2),
  Range: [single([3, 4], (x) => tf.mul(x, tf.range(0, 4)), 3), single([5], (x) => tf.add(x, tf.range(9, -1, -2)), 9)],
  ZerosLike: exact(one((x) => tf.add(x, tf.zerosLike(x)))),
};

const indexing = {
  GatherV2: exact(
    [0, 1].map((axis) => ({
      given: [{ shape: [6, 6, 3] }, { shape: [4], ...rows }],
      compute: (own: tf.Tensor[]) => tf.gather(x0(own), x1(own) as tf.Tensor1D, axis),
      tolerance: 0,
    })),
  ),
  UnsortedSegmentSum: [[9], [9, 4]].map((shape) => ({
    given: [{ shape }, { shape: [9], ...rows }],
    compute: (own: tf.Tensor[]) => tf.unsortedSegmentSum(x0(own), x1(own) as tf.Tensor1D, 6),
    tolerance: rounding(9),
  })),
};

const layers = {
  AvgPool: pooling((x, size, stride, pad) => tf.avgPool(x, size, stride, pad), ['same', 'valid'], false),
  AvgPoolGrad: pooling((x, size, stride, pad) => tf.avgPool(x, size, stride, pad), ['same', 'valid'], true),
  MaxPool: pooling((x, size, stride, pad) => tf.maxPool(x, size, stride, pad), ['same', 'valid'], false),
  MaxPoolGrad: pooling((x, size, stride, pad) => tf.maxPool(x, size, stride, pad), ['same', 'valid'], true),
  BatchMatMul: products,
  Conv2D: windows(WINDOWS, convolve, 'no'),
  Conv2DBackpropInput: windows(WINDOWS, convolve, 'x'),
  Conv2DBackpropFilter: windows(WINDOWS, convolve, 'w'),
  DepthwiseConv2dNative: windows(DEPTHWISE, convolveDepthwise, 'no'),
  DepthwiseConv2dNativeBackpropInput: windows(DEPTHWISE, convolveDepthwise, 'x'),
  DepthwiseConv2dNativeBackpropFilter: windows(DEPTHWISE, convolveDepthwise, 'w'),
  FusedBatchNorm: [16, 5].map((channels) => ({
    given: [{ shape: [2, 3, 3, channels] }, { shape: [channels] }, { shape: [channels], low: 0.5, high: 2 }],
    compute: (own: tf.Tensor[]) => tf.batchNorm(activation(x0(own)), x1(own) as tf.Tensor1D, x2(own) as tf.Tensor1D),
    tolerance: rounding(16, 3),
  })),
};

/**
 * For every kernel the compiled engine registers, calls of it over a spread of shapes, strides, paddings and broadcasts, in either layout.
 * The engines are held against the reference on them: the CPU's by the unit tests, a GPU's by `npm run bench -- parity`.
 */
export const KERNEL_CASES: Readonly<Record<string, readonly KernelCase[]>> = {
  ...activations,
  ...elementwise,
  ...logic,
  ...reductions,
  ...shaping,
  ...creation,
  ...indexing,
  ...layers,
};

/** Cases as one program: compiling takes longer than running. `tolerances` are its outputs', in order, once it has run. */
export const bundled = (cases: readonly KernelCase[]): { given: Given[]; compute: Compute; tolerances: number[] } => {
  const tolerances: number[] = [];
  const compute: Compute = (tensors) => {
    tolerances.length = 0;
    let offset = 0;
    return cases.flatMap((own) => {
      const results = own.compute(tensors.slice(offset, offset + own.given.length));
      offset += own.given.length;
      const list: readonly tf.Tensor[] = Array.isArray(results) ? results : [results as tf.Tensor];
      tolerances.push(...list.map(() => own.tolerance));
      return list;
    });
  };
  return { given: cases.flatMap(({ given }) => given), compute, tolerances };
};
