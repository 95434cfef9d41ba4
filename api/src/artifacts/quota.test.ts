import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useApi } from '../testing/suite.ts';

describe('the quota of a token', () => {
  const suite = useApi({ ARTIFACT_QUOTA_GB: '0.001' });

  it('is shared by uploads at the same time, whatever they announce, and what fails is given back', async () => {
    const put = (bytes: Buffer, sha256 = createHash('sha256').update(bytes).digest('hex')) =>
      fetch(`${suite.api.url}/artifacts/${sha256}`, {
        method: 'PUT',
        // A stream says no length.
        body: new Blob([new Uint8Array(bytes)]).stream(),
        duplex: 'half',
        headers: { authorization: `Bearer ${suite.api.trainerToken}` },
      } as RequestInit).then(({ status }) => status);
    expect(await put(randomBytes(900_000), '0'.repeat(64))).toBe(400);
    const statuses = await Promise.all(Array.from({ length: 8 }, () => put(randomBytes(400_000))));
    expect(new Set(statuses)).toContain(507);
    const [{ bytes } = { bytes: 0 }] = await suite.database.query<{ bytes: number }>(
      'SELECT coalesce(sum(bytes), 0)::int AS bytes FROM artifacts',
    );
    expect(bytes).toBe(statuses.filter((status) => status === 201).length * 400_000);
    expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(await put(randomBytes(1_000_000 - bytes))).toBe(201);
  });
});
