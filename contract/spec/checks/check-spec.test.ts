import { describe, expect, it } from 'vitest';
import { readSpec } from '../read-spec.ts';
import type { RunSpec } from '../run-spec.ts';
import { checkSpecOn } from './check-spec.ts';

const pets = {
  name: 'pets',
  views: [
    { name: 'near', shape: [8, 8, 3] },
    { name: 'far', shape: [4, 4, 1] },
    { name: 'motion', shape: [20, 6] },
  ],
  classCount: 3,
  trainSize: 1000,
};
const least = { dataset: 'pets', networks: [{ model: 'mlp-8' }], method: { independent: {} } };

/** What the dataset cannot give, by path; `earlier` are views of teachers from earlier runs. */
function refused(changes: object, ...earlier: string[]): Record<string, string> {
  const { spec, problems } = readSpec({ ...least, ...changes });
  expect(problems).toEqual([]);
  return Object.fromEntries(checkSpecOn(spec as RunSpec, pets, earlier).map(({ path, message }) => [path, message]));
}

describe('a spec on its dataset', () => {
  it('has views that there are, and networks that can read them, of trained teachers too', () => {
    const teachers = [{ trained: { network: { model: 'cnn', view: 'motion' } } }];
    expect(refused({ networks: [{ model: 'cnn', view: 'sound' }], method: { distillation: { teachers } } })).toEqual({
      'networks.0.view': '"sound" is not a view of pets; allowed: near, far, motion.',
      'method.distillation.teachers.0.trained.network.model':
        'cnn needs images (height × width × channels), but view motion has shape 20 × 6; use an mlp there, or a tcn.',
    });
    expect(
      refused({
        networks: [
          { model: 'tcn-8', view: 'motion' },
          { model: 'mlp-8', view: 'motion' },
        ],
      }),
    ).toEqual({});
  });

  it('is not flipped and cropped where networks or teachers see no images, or images of another extent', () => {
    const seen = (view: string, ...earlier: string[]) =>
      refused({ networks: [{ model: 'mlp-8', view }], training: { augmentation: { flip: true } } }, ...earlier);
    const path = 'training.augmentation';
    expect(seen('near')).toEqual({});
    expect(seen('near', 'near')).toEqual({});
    expect(seen('near', 'far')).toEqual({ [path]: expect.stringContaining('they have near 8 × 8, far 4 × 4. Leave it off.') });
    expect(seen('motion')).toEqual({ [path]: expect.stringContaining('view motion of pets has the shape 20 × 6') });
    expect(refused({}, 'far', 'motion')).toEqual({});
  });

  it('withholds classes that there are, and not all of them', () => {
    expect(refused({ data: { withheldClasses: [0, 2] } })).toEqual({});
    expect(refused({ data: { withheldClasses: [3] } })).toEqual({ 'data.withheldClasses.0': 'is 3; pets has the classes 0 to 2.' });
    expect(refused({ data: { withheldClasses: [2, 0, 1] } })).toHaveProperty(['data.withheldClasses']);
  });

  it('has images to select by: a part that rounds to none is none', () => {
    expect(refused({ data: { validationFraction: 0.0004 }, training: { selection: 'BEST_VALIDATION' } })).toEqual({
      'training.selection': 'is BEST_VALIDATION, but data.validationFraction holds no image back.',
    });
  });
});
