/** A safetensors file. */
export function fileOf(tensors: Record<string, { dtype: string; shape: number[]; bytes: ArrayBuffer }>): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { dtype, shape, bytes }]) => {
    offset += bytes.byteLength;
    return [name, { dtype, shape, data_offsets: [offset - bytes.byteLength, offset] }];
  });
  const header = Buffer.from(JSON.stringify({ __metadata__: { kind: 'test' }, ...Object.fromEntries(entries) }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Uint8Array.from(Buffer.concat([length, header, ...Object.values(tensors).map(({ bytes }) => Buffer.from(bytes))]));
}

/** Logits and labels as a trainer stores them; of validation, also the samples' places in the training split. */
export const logitsFile = (classes: number, logits: readonly number[], labels: readonly number[], indices?: readonly number[]) =>
  fileOf({
    logits: { dtype: 'F32', shape: [labels.length, classes], bytes: Float32Array.from(logits).buffer },
    labels: { dtype: 'I32', shape: [labels.length], bytes: Int32Array.from(labels).buffer },
    ...(indices ? { indices: { dtype: 'I32', shape: [indices.length], bytes: Int32Array.from(indices).buffer } } : {}),
  });
