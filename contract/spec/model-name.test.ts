import { describe, expect, it } from 'vitest';
import { parseModelName } from './model-name.ts';

describe('a model’s name', () => {
  it('says its family and size', () => {
    expect(parseModelName('mlp-1200-1200')).toEqual({ family: 'mlp', widths: [1200, 1200] });
    expect(parseModelName('cnn')).toEqual({ family: 'cnn', width: 16 });
    expect(parseModelName('cnn-32')).toEqual({ family: 'cnn', width: 32 });
    expect(parseModelName('resnet-8')).toEqual({ family: 'resnet', depth: 8, width: 1 });
    expect(parseModelName('resnet-20x2')).toEqual({ family: 'resnet', depth: 20, width: 2 });
    expect(parseModelName('wrn-28-10')).toEqual({ family: 'wrn', depth: 28, width: 10 });
    expect(parseModelName('mobilenet-0.5')).toEqual({ family: 'mobilenet', alpha: 0.5 });
    expect(parseModelName('mobilenet-1')).toEqual({ family: 'mobilenet', alpha: 1 });
    expect(parseModelName('tcn-64')).toEqual({ family: 'tcn', width: 64 });
  });

  it.each([
    '',
    'vgg-16',
    'mlp',
    'mlp-',
    'mlp-0',
    'mlp-03',
    'mlp-1e3',
    'cnn-',
    'cnn-0',
    'cnn-9999',
    'resnet',
    'resnet-18',
    'resnet-2',
    'resnet-602',
    'resnet-8x',
    'resnet-8x2x2',
    'resnet-8x17',
    'Resnet-8',
    'wrn-16',
    'wrn-18-2',
    'wrn-16-2-1',
    'mobilenet',
    'mobilenet-0.2',
    'mobilenet-0.50',
    'mobilenet-3',
    'tcn-0',
  ])('such as "%s" is refused with what is allowed', (name) => expect(parseModelName(name)).toMatch(/allowed|takes|6n\+2/));
});
