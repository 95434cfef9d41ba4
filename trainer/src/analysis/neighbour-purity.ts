import { alive } from '../alive.ts';

const NEIGHBOURS = 10;

/**
 * Part of each sample's nearest neighbours, by Euclidean distance, that are of its own class; mean over samples. A random arrangement of C
 * equally large classes comes to 1 / C.
 *
 * @param features [samples, numbers]
 */
export const neighbourPurity = (features: Float32Array, labels: Int32Array): number => {
  const samples = labels.length;
  const width = features.length / samples;
  const nearest = Math.min(NEIGHBOURS, samples - 1);
  let own = 0;
  for (let sample = 0; sample < samples; sample++) {
    const distances = new Float64Array(samples);
    for (let other = 0; other < samples; other++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += ((features[sample * width + k] as number) - (features[other * width + k] as number)) ** 2;
      distances[other] = other === sample ? Number.POSITIVE_INFINITY : sum;
    }
    const order = Array.from(distances.keys()).sort((a, b) => (distances[a] as number) - (distances[b] as number));
    for (const other of order.slice(0, nearest)) if (labels[other] === labels[sample]) own++;
    alive();
  }
  return own / (samples * nearest);
};
