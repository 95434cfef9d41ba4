import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

const firstQuery = `# Ask anything; Ctrl-Space completes. For example: which gains are more than seed noise?
query Gains {
  leaderboard(sort: VALIDATION_GAIN, first: 20) {
    totalCount
    edges {
      node {
        label
        n
        validationAccuracy { mean sd }
        validationGain { mean sd n }
      }
    }
  }
}
`;

/** GraphiQL for browsers that open /graphql. It comes from the package with all it needs: no request leaves for another host. */
export function graphiql(): RequestHandler {
  let page: Promise<Buffer> | undefined;
  return async (request, response, next) => {
    if (request.method !== 'GET' || request.accepts(['json', 'html']) !== 'html') return next();
    page ??= render();
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .setHeader('content-encoding', 'gzip')
      .setHeader('cache-control', 'no-cache')
      .setHeader(
        'content-security-policy',
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
      )
      .end(await page);
  };
}

async function render(): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  // Without an endpoint it asks where it was itself found: behind a proxy that may be another path.
  const options = { title: 'Studyhall · GraphiQL', subscriptionsProtocol: 'WS' as const, defaultQuery: firstQuery };
  return gzipSync(renderGraphiQL(options), { level: 6 });
}
