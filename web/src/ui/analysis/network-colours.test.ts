import { expect, it } from 'vitest';
import { networkColours } from './network-colours.ts';

it('networks have the colours of their methods where these differ, else those of their places', () => {
  const across = networkColours(['INDEPENDENT', 'MUTUAL', null, 'MUTUAL']);
  expect([0, 1, 2, 3].map(across)).toEqual(['--independent', '--mutual', '--series-3', '--mutual-2']);
  expect([0, 1].map(networkColours(['MUTUAL', 'MUTUAL']))).toEqual(['--series-1', '--series-2']);
});
