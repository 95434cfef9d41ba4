import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { SeedCurves } from './seed-curves.tsx';

const chart = {
  group: 'g',
  label: 'Curves',
  caption: 'Curves',
  file: 'curves',
  epochs: 3,
  error: null,
  format: String,
  unit: 'percent' as const,
};
const drawn = (state: { loaded: boolean; pending: boolean }) => renderToStaticMarkup(<SeedCurves {...chart} {...state} series={[]} />);

describe('curves that have no line', () => {
  it('are no empty chart where there will be none', () => {
    const html = drawn({ loaded: true, pending: false });
    expect(html).toMatch(/None: .*no run that has succeeded or is under way has measured an epoch/);
    expect(html).not.toContain('role="img"');
  });

  it('keep their place while they are read, and until the first epoch of what is under way', () => {
    expect(drawn({ loaded: false, pending: false })).toContain('role="img"');
    expect(drawn({ loaded: true, pending: true })).toContain('curves appear with the first');
  });
});
