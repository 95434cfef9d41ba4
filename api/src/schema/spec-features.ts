import { builder } from '../builder.ts';

export const FeatureLayer = builder.enumType('FeatureLayer', {
  values: {
    LAST: { description: 'What the classifier reads.' },
    MIDDLE: { description: 'Activations halfway through the network.' },
  } as const,
});

export const FeatureAlignment = builder.enumType('FeatureAlignment', {
  values: {
    NONE: { description: 'Neuron a of one network against neuron a of the other.' },
    PERMUTATION: { description: `The peer's neurons first permuted so that the distance is smallest; found anew each epoch.` },
  } as const,
});

export const FeatureMatchingInput = builder.inputType('FeatureMatchingInput', {
  description: 'γ·mean over the peers, the batch and the elements of (f_i − f_j)², peers detached.',
  fields: (t) => ({
    layer: t.field({ type: FeatureLayer, description: 'Whose activations are matched.', required: true, defaultValue: 'LAST' }),
    weight: t.float({
      description: 'γ: weight of the term.',
      required: true,
      defaultValue: 1,
      directives: { range: { min: 1e-6, max: 1000 } },
    }),
    alignment: t.field({
      type: FeatureAlignment,
      description: 'Which neuron is matched with which.',
      required: true,
      defaultValue: 'NONE',
    }),
  }),
});
