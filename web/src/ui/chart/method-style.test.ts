import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Method } from '@/generated/graphql.ts';
import { methodColour, methodStyles } from './method-style.ts';

const methods: Method[] = ['INDEPENDENT', 'DISTILLATION', 'MUTUAL', 'CONFIDENCE_PENALTY'];
const css = readFileSync(new URL('../../app/theme.css', import.meta.url), 'utf8');
const themes = { light: css.slice(0, css.indexOf('.dark {')), dark: css.slice(css.indexOf('.dark {')) };

/** A colour of the theme in linear RGB. */
function linear(theme: string, name: string): number[] {
  const [, hex = ''] = new RegExp(`${name}: #([0-9a-f]{6});`).exec(theme) ?? [];
  expect(hex, name).not.toBe('');
  return [0, 2, 4].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

const times = (matrix: number[][], vector: number[]) => matrix.map((row) => row.reduce((sum, each, i) => sum + each * (vector[i] ?? 0), 0));

/** How eyes without one kind of cone see it (Machado, Oliveira & Fernandes 2009, severity 1), and how most do. */
const eyes: Record<string, number[][]> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab (Ottosson 2020): differences in it are about as large as they look. */
function okLab(rgb: number[]): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  );
  const roots = cones.map(Math.cbrt);
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    roots,
  );
}

const distance = (one: number[], other: number[]) => Math.hypot(...one.map((value, i) => value - (other[i] ?? 0)));
const luminance = ([r = 0, g = 0, b = 0]: number[]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

describe.each(Object.entries(themes))('the methods’ colours in the %s theme', (_, theme) => {
  it.each(Object.entries(eyes))('are told apart with %s', (_, matrix) => {
    const seen = methods.map((method) => okLab(times(matrix, linear(theme, methodColour(method)))));
    const gaps = seen.flatMap((one, place) => seen.slice(place + 1).map((other) => distance(one, other)));
    expect(Math.min(...gaps)).toBeGreaterThan(0.15);
  });

  it('stand out from the paper, every shade of them (WCAG 1.4.11: 3 to 1)', () => {
    const paper = luminance(linear(theme, '--paper')) + 0.05;
    for (const { colour } of methodStyles(methods.flatMap((method) => [method, method, method]))) {
      const own = luminance(linear(theme, colour)) + 0.05;
      expect(Math.max(paper, own) / Math.min(paper, own), colour).toBeGreaterThan(3);
    }
  });
});

describe('lines of one chart', () => {
  it('have their method’s colour, whichever others there are and in whatever order', () => {
    expect(methodStyles(['MUTUAL', 'INDEPENDENT'])[0]?.colour).toBe(methodStyles(['INDEPENDENT', 'DISTILLATION', 'MUTUAL'])[2]?.colour);
  });

  it('differ by shade and dashes where nine of them share a method', () => {
    const styles = methodStyles(Array.from({ length: 9 }, () => 'DISTILLATION' as const));
    expect(new Set(styles.map(({ colour, dash }) => `${colour} ${dash}`)).size).toBe(9);
    expect(styles.every(({ colour }) => colour.startsWith('--distillation'))).toBe(true);
  });
});
