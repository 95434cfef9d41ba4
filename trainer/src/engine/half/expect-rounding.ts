import type { Engine } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { type Half, roundTo } from './half.ts';
import { rounded } from './rounded.ts';

/** Numbers with more digits than either format has. */
const NUMBERS = Float32Array.of(1.001, -3.3, 0.1, 2.71828e-3, 12345.67);

const x = { shape: [NUMBERS.length], dtype: 'float32' } as const;

/**
 * What an engine, its library or a driver take for superfluous must not be called half precision.
 *
 * @throws EngineError naming a number that comes out with too many digits
 */
export const expectRounding = async (engine: Engine, format: Half): Promise<void> => {
  const program = await engine.prepare('rounding', { state: {}, inputs: { x } }, (_state, inputs) => ({
    state: {},
    outputs: { y: rounded(inputs.x as NonNullable<typeof inputs.x>, format) },
  }));
  const state = engine.createState({});
  const { y } = await program.run(state, { x: NUMBERS });
  state.dispose();
  await program.dispose();
  const wrong = NUMBERS.findIndex((number, k) => y?.[k] !== Math.fround(roundTo(number, format)));
  if (wrong < 0) return;
  throw new EngineError(
    `${engine.name} does not round to ${format} here: ${NUMBERS[wrong]} came out as ${y?.[wrong]}. Take another engine, or training.precision FLOAT32`,
  );
};
