/** Vectors one after another, as one of their own. */
export const concatenate = (vectors: readonly Float32Array[]): Float32Array => {
  const all = new Float32Array(vectors.reduce((total, vector) => total + vector.length, 0));
  let offset = 0;
  for (const vector of vectors) {
    all.set(vector, offset);
    offset += vector.length;
  }
  return all;
};
