import { expect, it } from 'vitest';
import { equivalentTemperature, temperatureFor } from './equivalent-temperature.ts';
import { analysedOf, networkOf, predictor, tinyData } from './testing/tiny.ts';

it('over epochs is that of the entropy after each; absent where no temperature has it; early is after a quarter', async () => {
  const predict = predictor();
  const data = tinyData();
  const network = networkOf('mlp-4');
  const probeEntropies = [0.69, 5, 0.6, 0.5];
  const [reference, asked] = [analysedOf(network), analysedOf(network, 2, { probeEntropies })];
  const { charts, figures } = await equivalentTemperature({ networks: [asked], reference }, predict, data, {});
  const logits = await predict.logits(reference, {
    split: 'TRAIN',
    indices: reference.split.transfer,
    labels: reference.split.transfer,
    reader: data.trainReader,
  });
  // All 32 training pictures are the probe, so that their order does not matter.
  const expected = probeEntropies.map((entropy) => temperatureFor(logits, 2, entropy));
  expect(charts[0]?.x.values).toEqual([1, 2, 3, 4]);
  charts[0]?.lines[0]?.values.forEach((value, k) => {
    const wanted = expected[k];
    if (wanted == null) expect(value).toBeNull();
    else expect((value as number) / wanted).toBeCloseTo(1, 5);
  });
  expect(expected[1]).toBeNull();
  expect(figures.find(({ measure }) => measure === 'earlyTemperature')?.value).toBeCloseTo(expected[0] as number, 4);
  const { transfer } = asked.split;
  const elsewhere = analysedOf(network, 2, { probeEntropies, split: { ...asked.split, transfer: transfer.slice(0, 20) } });
  const other = await equivalentTemperature({ networks: [elsewhere], reference }, predict, data, {});
  expect(other.charts).toEqual([]);
  expect(other.notes.join(' ')).toContain('Other training images were the probe of network of seed 2');
  await predict.dispose();
});
