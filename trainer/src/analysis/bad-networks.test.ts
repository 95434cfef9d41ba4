import { expect, it } from 'vitest';
import { saidOfMost } from './embedding.ts';
import { entropy } from './entropy.ts';
import { samplesOf } from './samples.ts';
import { analysedOf, networkOf, predictor, tinyData } from './testing/tiny.ts';

const network = analysedOf(networkOf('mlp-4'));

it('a network whose outputs are not finite is refused for good, by name, sample and value', async () => {
  const predict = predictor();
  const weights = network.weights.slice().fill(Number.NaN);
  const asked = entropy({ networks: [{ ...network, weights }], reference: null }, predict, tinyData(), { bins: 4, samples: 8 });
  await expect(asked).rejects.toMatchObject({
    permanent: true,
    message: expect.stringMatching(/of network of seed 1 are not finite: sample \d+ of .* NaN/),
  });
  await predict.dispose();
});

it('a layer that is not there is refused for good, with those that are', async () => {
  const predict = predictor();
  const data = tinyData();
  const samples = samplesOf(network, data, 'VALIDATION');
  if (!samples) throw new Error('There are no samples.');
  await expect(predict.features(network, samples, 'attic')).rejects.toMatchObject({
    permanent: true,
    message: expect.stringMatching(/^mlp-4 has no layer attic; it has \S/),
  });
  await predict.dispose();
});

it('an embedding of more points than a page can draw says that it is of some; one of all there are does not', () => {
  expect(saidOfMost(5000, 2000, 2000)).toEqual([
    '5,000 samples were asked for: 4,000 points are drawn at most, so each network gives 2,000.',
  ]);
  expect(saidOfMost(5000, 2000, 160)).toEqual([]);
  expect(saidOfMost(500, 500, 500)).toEqual([]);
});
