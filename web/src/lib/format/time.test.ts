import { describe, expect, it } from 'vitest';
import { ago, clockUtc, duration, momentUtc } from './time.ts';

describe('times for readers', () => {
  it('gives a duration in its two largest units', () => {
    expect([0, 42, 62, 3725, 90000].map(duration)).toEqual(['0 s', '42 s', '1 min 02 s', '1 h 02 min', '1 d 01 h']);
    expect(duration(null)).toBe('–');
  });

  it('says how long ago something was', () => {
    const now = new Date('2026-11-24T12:00:00Z');
    expect(ago(new Date('2026-11-24T11:59:58Z'), now)).toBe('just now');
    expect(ago(new Date('2026-11-24T11:57:00Z'), now)).toBe('3 min ago');
    expect(ago(new Date('2026-11-20T11:57:00Z'), now)).toBe('4 d ago');
  });

  it('writes moments alike on every machine', () => {
    expect(momentUtc(new Date('2026-11-24T13:05:09Z'))).toBe('24 Nov 2026, 13:05 UTC');
    expect(clockUtc(new Date('2026-11-24T13:05:09Z'))).toBe('13:05:09');
  });
});
