import { splits } from '../measures/measure.ts';
import { findFault } from '../measures/registry.ts';
import type { Problem } from '../settings/problem.ts';
import { written } from '../settings/written.ts';
import { type AnalysisPictures, type AnalysisResult, longestResult } from './result.ts';

const parts = ['figures', 'charts', 'tables', 'maps', 'notes'] as const;

const isFigure = (value: unknown) => value === null || (typeof value === 'number' && Number.isFinite(value));

/** Three bytes of a pixel are four letters. */
const holds = ({ width, height, samples, data }: AnalysisPictures) =>
  [width, height].every((extent) => Number.isInteger(extent) && extent > 0) &&
  Array.isArray(samples) &&
  samples.every(Number.isInteger) &&
  typeof data === 'string' &&
  data.length === width * height * samples.length * 4;

/** What is wrong with a result about so many networks; undefined if nothing is. */
export function checkResult(result: AnalysisResult, networks: number): Problem | undefined {
  for (const part of parts) {
    if (!Array.isArray(result[part])) return { path: part, message: 'is missing; it has to be a list.' };
    const empty = result[part].findIndex((item: unknown) => typeof item !== (part === 'notes' ? 'string' : 'object') || item === null);
    if (empty >= 0) return { path: `${part}.${empty}`, message: part === 'notes' ? 'has to be a text.' : 'has to be an object.' };
  }
  const { length } = JSON.stringify(result);
  if (length > longestResult) return { path: '', message: `has ${written(length)} characters as JSON; at most ${written(longestResult)}.` };
  for (const [i, { measure, split, network, other, value }] of result.figures.entries()) {
    const path = `figures.${i}`;
    for (const place of other === null ? [network] : [network, other])
      if (!(place >= 0 && place < networks)) return { path, message: `is of network ${place}; the question is about ${networks}.` };
    if (!splits.includes(split)) return { path, message: `is of the split ${split}; there are ${splits.join(', ')}.` };
    const fault = findFault({ measure, split }, other === null ? 'NETWORK' : 'PAIR', value);
    if (fault) return { path, message: fault };
  }
  for (const [i, { x, lines }] of result.charts.entries()) {
    if (x.names && (x.names.length !== x.values.length || !x.names.every((name) => typeof name === 'string')))
      return { path: `charts.${i}.x.names`, message: `has to hold ${x.values.length} texts.` };
    for (const [j, line] of lines.entries())
      for (const values of [line.values, line.low, line.high])
        if (values && (values.length !== x.values.length || !values.every(isFigure)))
          return { path: `charts.${i}.lines.${j}`, message: `has to hold ${x.values.length} finite values, null where there is none.` };
  }
  for (const [i, { columns, rows }] of result.tables.entries())
    for (const [j, row] of rows.entries())
      if (row.values.length !== columns.length || !row.values.every(isFigure))
        return { path: `tables.${i}.rows.${j}`, message: `has to hold ${columns.length} finite values, null where there is none.` };
  for (const [i, map] of result.maps.entries()) {
    const lists = [map.x, map.y, map.network, map.sample, map.label];
    if (!lists.every((list) => list.length === map.x.length && list.every((value) => Number.isFinite(value))))
      return { path: `maps.${i}`, message: 'has to hold as many finite numbers in each of its lists.' };
    const { pictures } = map;
    if (pictures && !holds(pictures))
      return { path: `maps.${i}.pictures`, message: 'has to hold height × width × 3 bytes in base64 for each of its samples.' };
  }
  return undefined;
}
