/** A closed line through points [x0, y0, x1, y1, …] in a square of ±1. */
export type Contour = readonly number[];

/** What lies inside an odd number of its contours belongs to the shape: a second contour cuts a hole. */
export type Outline = readonly Contour[];

/** Rounded, so that the last bit of a platform's sine cannot show in a dataset's bytes. */
const rounded = (x: number) => Math.round(x * 1e6) / 1e6;

const polar = (points: number, radius: (k: number) => number, stretch = 1): Contour =>
  Array.from({ length: points }, (_, k) => {
    const angle = (2 * Math.PI * k) / points;
    return [rounded(radius(k) * Math.sin(angle) * stretch), rounded(-radius(k) * Math.cos(angle))];
  }).flat();

const circle = (radius: number, stretch = 1) => polar(24, () => radius, stretch);
const polygon = (corners: number, radius: number) => [polar(corners, () => radius)];
const star = (points: number, inner: number) => [polar(2 * points, (k) => (k % 2 === 0 ? 1.05 : inner))];

/** Half a disc's rim and a flatter arc back. */
const crescent = (): Contour => {
  const rim: number[] = [];
  const back: number[] = [];
  for (let k = 0; k <= 16; k++) {
    const angle = (Math.PI * k) / 16;
    const [x, y] = [Math.sin(angle), -Math.cos(angle)];
    rim.push(rounded(x - 0.4), rounded(y));
    back.unshift(rounded(0.35 * x - 0.4), rounded(y));
  }
  return [...rim, ...back];
};

/** Three quarters of a disc. */
const sector = (): Contour => {
  const rim: number[] = [0, 0];
  for (let k = 0; k <= 18; k++) {
    const angle = (1.5 * Math.PI * k) / 18;
    rim.push(rounded(0.95 * Math.sin(angle)), rounded(-0.95 * Math.cos(angle)));
  }
  return rim;
};

/** Twenty shapes in five superclasses; the shapes of a superclass resemble each other more than those of another. */
export const SHAPES: readonly { readonly name: string; readonly superclass: string; readonly outline: Outline }[] = [
  { name: 'disc', superclass: 'round', outline: [circle(0.9)] },
  { name: 'oval', superclass: 'round', outline: [circle(1, 0.62)] },
  { name: 'ring', superclass: 'round', outline: [circle(0.95), circle(0.5)] },
  { name: 'crescent', superclass: 'round', outline: [crescent()] },
  { name: 'triangle', superclass: 'polygon', outline: polygon(3, 1.1) },
  { name: 'square', superclass: 'polygon', outline: polygon(4, 1.05) },
  { name: 'pentagon', superclass: 'polygon', outline: polygon(5, 1) },
  { name: 'hexagon', superclass: 'polygon', outline: polygon(6, 1) },
  { name: 'star-3', superclass: 'star', outline: star(3, 0.3) },
  { name: 'star-4', superclass: 'star', outline: star(4, 0.38) },
  { name: 'star-5', superclass: 'star', outline: star(5, 0.45) },
  { name: 'star-6', superclass: 'star', outline: star(6, 0.55) },
  {
    name: 'plus',
    superclass: 'beam',
    outline: [[-0.3, -1, 0.3, -1, 0.3, -0.3, 1, -0.3, 1, 0.3, 0.3, 0.3, 0.3, 1, -0.3, 1, -0.3, 0.3, -1, 0.3, -1, -0.3, -0.3, -0.3]],
  },
  {
    name: 'tee',
    superclass: 'beam',
    outline: [[-0.95, -0.9, 0.95, -0.9, 0.95, -0.3, 0.3, -0.3, 0.3, 0.95, -0.3, 0.95, -0.3, -0.3, -0.95, -0.3]],
  },
  { name: 'ell', superclass: 'beam', outline: [[-0.75, -0.95, -0.15, -0.95, -0.15, 0.35, 0.8, 0.35, 0.8, 0.95, -0.75, 0.95]] },
  {
    name: 'zed',
    superclass: 'beam',
    outline: [[-0.9, -0.9, 0.3, -0.9, 0.3, 0.35, 0.9, 0.35, 0.9, 0.95, -0.3, 0.95, -0.3, -0.3, -0.9, -0.3]],
  },
  { name: 'arrow', superclass: 'pointer', outline: [[0, -1.05, 0.85, -0.1, 0.3, -0.1, 0.3, 0.95, -0.3, 0.95, -0.3, -0.1, -0.85, -0.1]] },
  { name: 'chevron', superclass: 'pointer', outline: [[0, -0.85, 0.95, 0.3, 0.95, 0.95, 0, -0.1, -0.95, 0.95, -0.95, 0.3]] },
  { name: 'kite', superclass: 'pointer', outline: [[0, -1.05, 0.65, -0.3, 0, 1.05, -0.65, -0.3]] },
  { name: 'sector', superclass: 'pointer', outline: [sector()] },
];
