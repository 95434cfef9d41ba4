import type { PointMap } from './csv.ts';

/** A picture of a sample as an address that an image can show; null where there is none. Made when it is asked for, and once. */
export function picturesOf(pictures: PointMap['pictures']): (sample: number) => string | null {
  const made = new Map<number, string | null>();
  let bytes: string | null = null;
  return (sample) => {
    const known = made.get(sample);
    if (known !== undefined) return known;
    const place = pictures?.samples.indexOf(sample) ?? -1;
    let address: string | null = null;
    if (pictures && place >= 0) {
      bytes ??= atob(pictures.data);
      address = draw(bytes, place, pictures);
    }
    made.set(sample, address);
    return address;
  };
}

function draw(bytes: string, place: number, { width, height }: { width: number; height: number }): string | null {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return null;
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = (place * width * height + pixel) * 3;
    for (let colour = 0; colour < 3; colour++) image.data[pixel * 4 + colour] = bytes.charCodeAt(from + colour);
    image.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}
