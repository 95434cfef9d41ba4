import { describe, expect, it } from 'vitest';
import { readSafetensors, SafetensorsError, writeSafetensors } from './safetensors.ts';

const file = () =>
  writeSafetensors(
    {
      bytes: { shape: [3], data: Uint8Array.of(1, 2, 3) },
      weights: { shape: [2, 2], data: Float32Array.of(0.1, -2, Number.MAX_VALUE, 4) },
      empty: { shape: [0], data: new Float32Array(0) },
      labels: { shape: [2], data: Int32Array.of(-1, 7) },
    },
    { title: 'größer' },
  );

describe('safetensors', () => {
  it('reads back what was written, whatever the alignment', () => {
    const { tensors, metadata } = readSafetensors(file());
    expect(tensors.weights).toEqual({ shape: [2, 2], data: Float32Array.of(0.1, -2, Number.MAX_VALUE, 4) });
    expect(tensors.bytes?.data).toEqual(Uint8Array.of(1, 2, 3));
    expect(tensors.labels?.data).toEqual(Int32Array.of(-1, 7));
    expect(tensors.empty?.data.length).toBe(0);
    expect(metadata.title).toBe('größer');
  });

  it('has the layout of the specification', () => {
    const bytes = writeSafetensors({ a: { shape: [1], data: Float32Array.of(1) } });
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
    expect(header.a).toEqual({ dtype: 'F32', shape: [1], data_offsets: [0, 4] });
    expect(bytes.readFloatLE(8 + length)).toBe(1);
  });

  it('refuses a file cut short anywhere', () => {
    const whole = file();
    for (const length of [0, 7, 8, 60, whole.length - 1]) {
      expect(() => readSafetensors(whole.subarray(0, length))).toThrow(SafetensorsError);
    }
  });

  it('notices a flipped bit', () => {
    const damaged = file();
    damaged[damaged.length - 3] = (damaged[damaged.length - 3] as number) ^ 4;
    expect(() => readSafetensors(damaged)).toThrow('does not match its checksum');
  });

  it('refuses a shape that its numbers do not fill', () => {
    expect(() => writeSafetensors({ a: { shape: [3], data: Float32Array.of(1) } })).toThrow('shape [3] holds 3 numbers, given 1');
  });
});
