import { builder } from '../builder.ts';

export const NetworkInput = builder.inputType('NetworkInput', {
  fields: (t) => ({
    model: t.string({
      description:
        'Architecture by name: `mlp-W-W…`, `cnn` or `cnn-W`, `resnet-6n+2` (8, 20, 32, …) or `resnet-6n+2xW` for W times the channels, ' +
        '`wrn-6n+4-W` (wrn-16-2, wrn-28-10), `mobilenet-A` with a width factor from 0.25 to 2, `tcn-W` for sequences.',
      required: true,
    }),
    view: t.string({ description: `View (modality) of the dataset this network sees; absent: the dataset's first view.` }),
    dropout: t.float({
      description:
        'Part of the features that is dropped at random in training: after every hidden layer of an mlp, between the two convolutions of ' +
        `a wrn's blocks, before the classifier of all others.`,
      required: true,
      defaultValue: 0,
      directives: { range: { min: 0, max: 0.9 } },
    }),
  }),
});
