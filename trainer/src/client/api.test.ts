import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Api, endpoint, parseApiUrl } from './api.ts';
import { ApiRefused, ApiUnreachable, isProxysFault, mayPass, NotStudyhall, outageReason } from './errors.ts';
import { ClaimJobDocument } from './generated/graphql.ts';
import { serve } from './testing/server.ts';

/** What a claim fails with when this answers it. */
async function failureOf(listener: RequestListener): Promise<unknown> {
  const { url, close } = await serve(listener);
  try {
    return await new Api({ url, token: 'a-token' })
      .request(ClaimJobDocument, { trainerId: 'trainer_1', claimId: 'c', kinds: ['TRAIN'] })
      .catch((error: unknown) => error);
  } finally {
    await close();
  }
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('an address', () => {
  it.each([
    ['localhost:4000', 'http://localhost:4000/graphql'],
    ['https://bench.example/', 'https://bench.example/graphql'],
    ['http://10.0.0.1:4000/graphql', 'http://10.0.0.1:4000/graphql'],
    ['https://example.org/studyhall', 'https://example.org/studyhall/graphql'],
  ])('%s is that of %s', (typed, graphql) => {
    expect(endpoint({ url: parseApiUrl(typed), token: '' }, '/graphql').href).toBe(graphql);
  });

  it('that is none is refused', () => {
    expect(() => parseApiUrl('http://a b')).toThrow('"http://a b" is not an address; it looks like http://host:4000');
    expect(() => parseApiUrl('ftp://host')).toThrow('by http or https');
  });
});

describe('a request', () => {
  it('sends the token and returns the data', async () => {
    let authorization: string | undefined;
    const { url, close } = await serve((request, response) => {
      authorization = request.headers.authorization;
      json({ data: { claimJob: null } })(request, response);
    });
    const answer = await new Api({ url, token: 'a-token' }).request(ClaimJobDocument, {
      trainerId: 'trainer_1',
      claimId: 'c',
      kinds: ['TRAIN'],
    });
    await close();
    expect(answer).toEqual({ claimJob: null });
    expect(authorization).toBe('Bearer a-token');
  });

  it('that nobody answers may be sent again, and says who was asked and why it failed', async () => {
    const { url, close } = await serve(() => undefined);
    await close();
    const failure = await new Api({ url, token: '' })
      .request(ClaimJobDocument, { trainerId: 'x', claimId: 'c', kinds: ['TRAIN'] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiUnreachable);
    expect(mayPass(failure)).toBe(true);
    expect(String(failure)).toContain(`cannot reach ${url.origin}: connect ECONNREFUSED`);
  });

  it('that is refused carries the code, whatever the status', async () => {
    const refusal = { errors: [{ message: 'the lease was lost', extensions: { code: 'LEASE_LOST' } }] };
    for (const status of [200, 400, 500]) {
      const failure = await failureOf(json(refusal, status));
      expect(failure).toBeInstanceOf(ApiRefused);
      expect(failure).toMatchObject({ code: 'LEASE_LOST', message: 'the lease was lost' });
      expect(mayPass(failure)).toBe(false);
    }
  });

  it('that meets an error inside the API may be sent again', async () => {
    const failure = await failureOf(json({ errors: [{ message: 'masked', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }, 500));
    expect(failure).toMatchObject({ name: 'ApiUnreachable', answered: true });
  });

  it('that a proxy answers for an API that is away may be sent again', async () => {
    expect(await failureOf((_, response) => response.writeHead(502).end('<html>Bad gateway</html>'))).toBeInstanceOf(ApiUnreachable);
  });

  it.each([408, 421, 425, 429, 500, 502, 503, 504])('that a proxy answers with %i waits, and says no word of its page', async (status) => {
    const failure = await failureOf((_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Sorry</html>'));
    expect(failure).toMatchObject({ name: 'ProxyAnswer', answered: true });
    expect(mayPass(failure)).toBe(true);
    expect(String(failure)).toMatch(new RegExp(`answers with status ${status}, which is not from the API`));
    expect(String(failure)).not.toContain('Sorry');
  });

  it('that a proxy finds too large says how large it was, and what to change', async () => {
    const failure = await failureOf((_, response) => response.writeHead(413).end('<html>413</html>'));
    expect(failure).toMatchObject({ name: 'TooLargeForProxy' });
    expect(String(failure)).toMatch(/refuses 0\.0 MiB at once \(status 413\): raise its limit .*client_max_body_size/);
    expect(isProxysFault(failure)).toBe(true);
  });

  it('that is sent on elsewhere is not followed as something else, and says where', async () => {
    const failure = await failureOf((_, response) => response.writeHead(301, { location: 'https://bench.example/graphql' }).end());
    expect(failure).toBeInstanceOf(NotStudyhall);
    expect(String(failure)).toContain('it sends on to https://bench.example. Give that address by --api');
  });

  it('that the pages’ server answers while the API is away may be sent again', async () => {
    const away = { errors: [{ message: 'The API at http://127.0.0.1:4000 does not answer. Is it running?' }] };
    expect(await failureOf(json(away, 502))).toMatchObject({ name: 'ApiUnreachable', message: away.errors[0]?.message });
  });

  it('whose refusal says more hands that on', async () => {
    const refusal = { errors: [{ message: 'held', extensions: { code: 'CONFLICT', lastSeenAt: '2026' } }] };
    expect(await failureOf(json(refusal))).toMatchObject({ code: 'CONFLICT', details: { lastSeenAt: '2026' } });
  });

  it('that waits for a login says why without the page', async () => {
    const failure = (await failureOf((_, response) => response.end('<html>Please log in</html>'))) as Error;
    expect(outageReason(failure)).toMatch(/answers \(status 200\), but is no Studyhall API$/);
  });

  it('that something else answers says so', async () => {
    const failure = await failureOf((_, response) => response.end('<!doctype html><title>My printer</title>'));
    expect(failure).toBeInstanceOf(NotStudyhall);
    expect(String(failure)).toContain('is no Studyhall API: expected GraphQL, got "<!doctype html>');
  });

  it('that the API does not know is a matter of versions', async () => {
    const unknown = { errors: [{ message: 'Cannot query field "claimJob"', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] };
    expect(String(await failureOf(json(unknown, 400)))).toContain('speaks another version of the contract');
  });
});
