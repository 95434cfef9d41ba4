/**
 * Keys of groups as databases hold them, on data of the hash `sha256:aa…` whose first view is `rgb`; `twinKey` of the last network. They never change;
 * an earlier version computed them.
 */
export const goldenKeys = {
  'the least': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'cnn',
        },
      ],
      method: {
        independent: {},
      },
    },
    groupKey: '37fca9bee201ea11af6687f7d466b138400d9b4a3740c8a95206d90a8d249d4b',
    twinKey: '9a2b55185632a31e38120cc4603fb50a2ea476c6dba5b990a460fc17a5d80ab4',
    cohortTwinKey: 'ab65d9457c6e8c4d7c961428caa4fe013682c3254df3daeac92cf4a0f36e2b3c',
  },
  'two networks, defaults written': {
    spec: {
      dataset: 'd',
      data: {
        validationFraction: 0.1,
        splitSeed: 0,
      },
      networks: [
        {
          model: 'cnn',
          view: 'rgb',
          dropout: 0,
        },
        {
          model: 'resnet-8',
        },
      ],
      method: {
        independent: {
          enabled: true,
        },
      },
      training: {
        epochs: 20,
        schedule: {
          cosine: {
            finalFraction: 0,
          },
        },
        optimizer: {
          sgd: {
            momentum: 0.9,
          },
        },
      },
    },
    groupKey: '76ac1c481e44f009976beddbedc4889e04780156fecbe2ab2f4eea95162ab68d',
    twinKey: '177592f113b4185ce611bfa3e397b8c226f7cbcf08209922f651ed2552489007',
    cohortTwinKey: 'f47ad700acf631681b14f4ece9ad923ffbe506d83464b2930093cb6dd2c3c500',
  },
  DML: {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'resnet-32',
        },
        {
          model: 'resnet-32',
        },
      ],
      method: {
        mutual: {},
      },
    },
    groupKey: 'cebe88d0b5983b14c9d58ff71d2b1baa9004cbc3bee47409faffb546f2bf706c',
    twinKey: '8773f616c5e908d2e67e97dca66daf251e2808c3cee253f10c3bbe9eb52e7b28',
    cohortTwinKey: '5ad1c3884e197f5bbcad3f4f52bd7d0c31eef1df6f2a7d89f496fe43135fffec',
  },
  'the ensemble as target, at once, features aligned': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'mlp-64',
          view: 'depth',
        },
        {
          model: 'mlp-64',
          dropout: 0.5,
        },
        {
          model: 'mlp-64',
        },
      ],
      method: {
        mutual: {
          update: 'SIMULTANEOUS',
          target: 'ENSEMBLE_LOGITS',
          temperature: 2,
          features: {
            layer: 'MIDDLE',
            alignment: 'PERMUTATION',
          },
        },
      },
    },
    groupKey: '6bd04b13c5cb63641f4e52790ab51e2c21db85b6d9ca9d598622e59091ae8df0',
    twinKey: '7f4ae11fc8a4e825e3aa1722235dabbe74ddf39bea21ebd80793b6267be94109',
    cohortTwinKey: '4a522d6299c6196a10b447c7cac624580788e88213daf03a3f40017514efd3f9',
  },
  'KD from a run and a group': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'cnn',
        },
      ],
      method: {
        distillation: {
          teachers: [
            {
              run: {
                runId: 'run_1',
              },
            },
            {
              group: {
                groupKey: 'a',
                network: 1,
              },
            },
          ],
          temperature: 8,
          weight: 0.5,
        },
      },
    },
    groupKey: '4d00aeef861c07f7a7a0b69fe4671b8ef84a7231be68b1b084967b8b0fbd1719',
    twinKey: '9a2b55185632a31e38120cc4603fb50a2ea476c6dba5b990a460fc17a5d80ab4',
    cohortTwinKey: 'ab65d9457c6e8c4d7c961428caa4fe013682c3254df3daeac92cf4a0f36e2b3c',
  },
  'KD from teachers trained first, hard': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'cnn',
        },
      ],
      method: {
        distillation: {
          teachers: [
            {
              trained: {
                network: {
                  model: 'resnet-14',
                  view: 'rgb',
                },
                epochs: 5,
              },
            },
            {
              trained: {
                network: {
                  model: 'cnn-32',
                },
                epochs: 5,
              },
            },
          ],
          target: 'HARD',
        },
      },
    },
    groupKey: '2714e83d86cc20092ad06539dc39da38f533e02694fb907fd79e424b9b61aa39',
    twinKey: '9a2b55185632a31e38120cc4603fb50a2ea476c6dba5b990a460fc17a5d80ab4',
    cohortTwinKey: 'ab65d9457c6e8c4d7c961428caa4fe013682c3254df3daeac92cf4a0f36e2b3c',
  },
  'peers and a teacher, no labels': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'cnn',
        },
        {
          model: 'cnn',
        },
      ],
      method: {
        mutual: {
          labelWeight: 0,
          teaching: {
            teachers: [
              {
                run: {
                  runId: 'run_1',
                  network: 2,
                },
              },
            ],
            scaleByTemperatureSquared: false,
          },
        },
      },
    },
    groupKey: '0c97e4f2c135a4ea4e6327655e847ef6f76f1bf23ba319989b801d922126390b',
    twinKey: '342bd378b91ae2ae1ff4a6ecb93f408b5b863bef2a0489a54cddc8d3c2bc486b',
    cohortTwinKey: '1702122066ea64433cd8f5003cfe7260ac66524f3dcb703fc9545ccd58e56711',
  },
  'a penalty': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'wrn-16-2',
        },
      ],
      method: {
        confidencePenalty: {
          weight: 0.3,
        },
      },
    },
    groupKey: 'a1d1fe4143ccce7772bc6bd63c5b3c9ba9add0a64a99039f7a0ed14476eca8e5',
    twinKey: 'f7d4e4be601422bc54cb729131ccf701b0418145402ee3f498353f54db0da897',
    cohortTwinKey: '7fa492f3547e0a76befd50cb52dc433922fd690c367793cfe133d43b288315ef',
  },
  'data of all kinds': {
    spec: {
      dataset: 'd',
      data: {
        trainSamples: 1000,
        validationFraction: 0.2,
        labelledFraction: 0.25,
        withheldClasses: [1, 3],
        splitSeed: 7,
      },
      networks: [
        {
          model: 'mobilenet-0.5',
        },
      ],
      method: {
        independent: {},
      },
    },
    groupKey: '55d1d243d4d479773f89b7b9a20554cb6b249dda5f60c454eadd9a7ccf3e3938',
    twinKey: 'c726a09ce646bc06140f22a355d22934cc988045071dc667b3d4d7c8329126f7',
    cohortTwinKey: '9658affe51c3b871bc279d80bbe9a13a51a41bc8fa9b837245b6e69bbf01db9d',
  },
  'training of all kinds': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'tcn-64',
        },
      ],
      method: {
        independent: {},
      },
      training: {
        epochs: 60,
        batchSize: 32,
        learningRate: 0.1,
        schedule: {
          step: {
            milestones: [20, 40],
          },
        },
        warmupEpochs: 2,
        optimizer: {
          adamw: {
            weightDecay: 0.01,
          },
        },
        gradientClipping: 1,
        labelSmoothing: 0.1,
        augmentation: {
          flip: true,
          cropPadding: 4,
        },
        selection: 'BEST_VALIDATION',
      },
    },
    groupKey: '6a0255ad93a42bcf16ad06f4e3fb5e26996208fa6fee251af93575d70d897b1a',
    twinKey: '2f4be34180adfc8fff69d4f263a942bf01c0d9628b530740cfc6e3a0a68c11ee',
    cohortTwinKey: '6765a1f1bd765cbffcd9efcc0fe156cfd5f706cea4ab2a62ab8a2f43fb77f993',
  },
  'adam, constant': {
    spec: {
      dataset: 'd',
      networks: [
        {
          model: 'cnn',
        },
      ],
      method: {
        independent: {},
      },
      training: {
        schedule: {
          constant: {},
        },
        optimizer: {
          adam: {},
        },
      },
    },
    groupKey: 'ac40cf6472f3326c95d26f452745e72ca5a172982658cc2758729279506aee2d',
    twinKey: 'db56fc78ad22bb5d9f5cccf327844e2616d2f8c500721200a4822ebaabd2a07d',
    cohortTwinKey: '736cffb84d17d9cef8ac0bd528bf8c6be39162bd69221c40d63740e23bec2133',
  },
};
