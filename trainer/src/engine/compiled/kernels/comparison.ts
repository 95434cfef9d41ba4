import { type Comparison, compare, type Logic, logic, select, unary } from '../graph/arithmetic.ts';
import type { Value } from '../graph/value.ts';
import { elementwise } from './broadcast.ts';
import type { Kernel, KernelTable } from './kernel.ts';

const comparison =
  (op: Comparison): Kernel =>
  ({ trace, input }) =>
    elementwise(trace, [input('a'), input('b')], ([a, b]) => compare(trace.graph, op, a as Value, b as Value));

const logical =
  (op: Logic): Kernel =>
  ({ trace, input }) =>
    elementwise(trace, [input('a'), input('b')], ([a, b]) => logic(trace.graph, op, a as Value, b as Value));

const choose: Kernel = ({ trace, input }) =>
  elementwise(trace, [input('condition'), input('t'), input('e')], ([c, a, b]) => select(trace.graph, c as Value, a as Value, b as Value));

export const comparisonKernels: KernelTable = {
  Equal: comparison('Equal'),
  NotEqual: (call) =>
    elementwise(call.trace, [call.input('a'), call.input('b')], ([a, b]) =>
      unary(call.trace.graph, 'Not', compare(call.trace.graph, 'Equal', a as Value, b as Value)),
    ),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: logical('And'),
  LogicalOr: logical('Or'),
  LogicalNot: ({ trace, input }) => elementwise(trace, [input('x')], ([x]) => unary(trace.graph, 'Not', x as Value)),
  Select: choose,
};
