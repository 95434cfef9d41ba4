import { EngineError } from '../engine-error.ts';
import { compiledName, type ProviderName } from '../names.ts';
import { messageOf } from './provider.ts';

/** What helps where memory does not suffice. */
export const NEED_LESS = 'take a smaller batch, narrower networks or fewer of them';

/** As C++, ONNX Runtime's arenas and CUDA say it. */
const OUT_OF_MEMORY = /bad_alloc|out of memory|failed to allocate|allocation/i;

/**
 * As WebGPU does: a buffer that could not be had shows where it is used first, a tensor larger than a buffer may be by the many that it would
 * take (the engine's nodes read no more than `mostTensors` tensors), and a device that ran out of memory may be lost.
 */
const OUT_OF_DEVICE_MEMORY =
  /\[Invalid Buffer[^\]]*\] is invalid due to a previous error|too many storage buffers|buffer size .*exceeds|device (was |is )?lost/i;

/** The failure of a program in native code, with what helps where it was for want of memory. `did`: what native code did. */
export const nativeFailure = (program: string, provider: ProviderName, did: string, error: unknown): EngineError => {
  const message = messageOf(error);
  if (OUT_OF_DEVICE_MEMORY.test(message)) {
    const [first] = message.split('\n');
    return new EngineError(`${program} needs more memory than the device of ${compiledName(provider)} has (${first}): ${NEED_LESS}`);
  }
  if (OUT_OF_MEMORY.test(message)) return new EngineError(`${program} ran out of memory (${message}): ${NEED_LESS}`);
  return new EngineError(`${program}: ${did}: ${message}`);
};
