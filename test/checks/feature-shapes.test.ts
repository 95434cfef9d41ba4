import { featureShape, normalisedTogether } from '@studyhall/contract/spec/feature-shape.ts';
import type { ModelFamily } from '@studyhall/contract/spec/model-name.ts';
import { describe, expect, it } from 'vitest';
import { parseModel } from '../../trainer/src/nn/models.ts';

const pictures = [
  [28, 28, 1],
  [16, 16, 3],
  [15, 9, 2],
  [1, 1, 3],
  [4, 3, 1],
];
const sequences = [
  [50, 6],
  [2, 3],
  [33, 60],
];
const models: Record<ModelFamily, { names: string[]; views: number[][] }> = {
  mlp: { names: ['mlp-40', 'mlp-40-30', 'mlp-40-30-20', 'mlp-9-8-7-6'], views: [...pictures, ...sequences] },
  cnn: { names: ['cnn', 'cnn-7'], views: pictures },
  resnet: { names: ['resnet-8', 'resnet-20x3'], views: pictures },
  wrn: { names: ['wrn-10-1', 'wrn-16-4'], views: pictures },
  mobilenet: { names: ['mobilenet-1', 'mobilenet-0.3', 'mobilenet-0.25'], views: pictures },
  tcn: { names: ['tcn-5'], views: sequences },
};
const cases = Object.values(models).flatMap(({ names, views }) => names.flatMap((name) => views.map((view) => [name, view] as const)));

describe('the shapes of features by which specs are judged', () => {
  it.each(cases)('%s on %j has them in the trainer', (model, view) => {
    const { featureShapes } = parseModel(model)(view, 10);
    expect(featureShape(model, view, 'MIDDLE')).toEqual(featureShapes.middle);
    expect(featureShape(model, view, 'LAST')).toEqual(featureShapes.last);
  });

  it.each(cases)('%s on %j has them at its smallest batch norm', (model, view) => {
    expect(normalisedTogether(model, view)).toBe(parseModel(model)(view, 10).normalisedTogether);
  });
});
