import { describe, expect, it } from 'vitest';
import { chartCsv, mapCsv, tableCsv } from './csv.ts';

describe('an analysis as CSV', () => {
  it('has a row for each x, the ends of bands beside their line, and leaves absent values empty', () => {
    const line = { network: 0, split: 'TRAIN' as const };
    const lines = [
      { ...line, label: 'a, "b"', values: [1, null], low: [0, null], high: [2, null] },
      { ...line, label: 'c', values: [3, 4], low: null, high: null },
    ];
    const chart = {
      key: 'k',
      title: 't',
      xLabel: 'σ',
      xLogarithmic: false,
      x: [0, 0.5],
      xNames: null,
      yLabel: 'loss',
      percent: false,
      lines,
    };
    expect(chartCsv(chart)).toBe('σ,"a, ""b""","a, ""b"", low","a, ""b"", high",c\r\n0,1,0,2,3\r\n0.5,,,,4');
  });

  it('of a table has its title above the rows’ names', () => {
    const columns = [{ label: 'Raw', percent: false }];
    expect(tableCsv({ key: 'k', title: 'Layers', columns, rows: [{ label: 'stem', values: [2] }] })).toBe('Layers,Raw\r\nstem,2');
  });

  it('of a plane names the network of each point', () => {
    const map = { key: 'k', title: 't', split: 'TEST' as const, x: [1], y: [2], network: [1], sample: [7], label: [3], pictures: null };
    expect(mapCsv(map, ['one', 'two'])).toBe('x,y,network,sample,class\r\n1,2,two,7,3');
  });
});
