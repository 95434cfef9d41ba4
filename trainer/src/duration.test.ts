import { expect, it } from 'vitest';
import { readDuration } from './duration.ts';

it.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1.5h', 5_400_000],
  [' 250 ms ', 250],
  ['720h', 2_592_000_000],
])('%s is a duration', (text, ms) => {
  expect(readDuration('--until-idle', text)).toBe(ms);
});

it.each(['10', '', 'm', '-1m', '0s', '1e3s', '10 minutes', '721h', '0x10s', '0.0001ms'])('"%s" is none, and refused by name', (text) => {
  expect(() => readDuration('--until-idle', text)).toThrow(`--until-idle is "${text}"; it must be a duration of up to 720h, such as 90s`);
});
