type Named = { readonly name: string; readonly shape: readonly number[] };

/** Place of the first number that is not finite; −1 if all are. */
export const firstNotFinite = (values: Float32Array): number => {
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    // 0 for every finite number, NaN for all others.
    if (value - value !== 0) return place;
  }
  return -1;
};

/**
 * What is not finite in a vector of several tensors one after the other: `hidden.0.weight holds NaN`; null where all is.
 *
 * @param tensors in the vector's order
 */
export const notFiniteIn = (tensors: readonly Named[], vector: Float32Array): string | null => {
  const place = firstNotFinite(vector);
  if (place < 0) return null;
  let end = 0;
  const found = tensors.find(({ shape }) => {
    end += shape.reduce((product, extent) => product * extent, 1);
    return place < end;
  });
  return `${found?.name ?? 'it'} holds ${vector[place]}`;
};
