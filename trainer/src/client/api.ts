import { ApiRefused, ApiUnreachable, NotStudyhall, networkReason, ProxyAnswer, TooLargeForProxy } from './errors.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

const TIMEOUT_MS = 15_000;

/** Where the API is and who asks. */
export type ApiAddress = { readonly url: URL; readonly token: string };

/**
 * Reads an address as people type it: `localhost:4000`, `https://host/`, `http://host:4000/graphql`.
 *
 * @throws Error naming what is wrong with it.
 */
export function parseApiUrl(text: string): URL {
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) throw new Error(`"${text}" is not an address; it looks like http://host:4000`);
  const url = new URL(withScheme);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`"${text}": the API is reached by http or https`);
  url.pathname = url.pathname.replace(/\/(graphql)?\/?$/, '');
  url.search = '';
  url.hash = '';
  return url;
}

/** The address of a path below the API: `/graphql`, `/artifacts/…`. */
export function endpoint(api: ApiAddress, path: string): URL {
  return new URL(api.url.href.replace(/\/$/, '') + path);
}

/** Sends requests to the GraphQL API. */
export class Api {
  constructor(readonly address: ApiAddress) {}

  /**
   * @throws ApiUnreachable where trying again makes sense (no answer, 5xx, an internal error of the API, a proxy's answer).
   * @throws TooLargeForProxy where a proxy does not take so much at once.
   * @throws ApiRefused with the API's code where it does not.
   * @throws NotStudyhall when the answer is no GraphQL.
   */
  async request<R, V>(document: TypedDocumentString<R, V>, variables: V, timeoutMs = TIMEOUT_MS): Promise<R> {
    const url = endpoint(this.address, '/graphql');
    const body = JSON.stringify({ query: document.toString(), variables });
    let status: number;
    let text: string;
    let location: string | null;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          authorization: `Bearer ${this.address.token}`,
        },
        body,
        // Followed, a POST would arrive as a GET.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      ({ status } = response);
      location = response.headers.get('location');
      text = await response.text();
    } catch (error) {
      throw new ApiUnreachable(`cannot reach ${url.origin}: ${networkReason(error)}`);
    }
    const answer = parseAnswer(text);
    if (answer) return readAnswer<R>(url, status, answer);
    if (status === 413) throw new TooLargeForProxy(url.origin, Buffer.byteLength(body), true);
    throw foreignAnswer(url, status, text, location);
  }
}

/** Statuses that something else than a wrong address gives: a proxy that is busy, starting, or asks for less. */
const passing = (status: number) => status >= 500 || [408, 421, 425, 429].includes(status);

/** What answered is no GraphQL. */
function foreignAnswer(url: URL, status: number, text: string, location: string | null): Error {
  if (passing(status)) return new ProxyAnswer(url.origin, status);
  const reason = `${url.href} answers (status ${status}), but is no Studyhall API`;
  if (location && URL.canParse(location, url.href)) {
    const { origin } = new URL(location, url);
    return new NotStudyhall(`${reason}: it sends on to ${origin}. Give that address by --api, if the API is there`, reason);
  }
  return new NotStudyhall(`${reason}: expected GraphQL, got "${text.slice(0, 80).trim()}"`, reason);
}

type Answer = { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] };

function readAnswer<R>(url: URL, status: number, answer: Answer): R {
  const error = answer.errors?.[0];
  if (!error) return answer.data as R;
  const code = error.extensions?.code;
  // The pages' server passes requests on, and says so in GraphQL's form when the API is away.
  if (code === undefined && passing(status)) throw new ApiUnreachable(error.message);
  if (code === 'BUSY') throw new ApiUnreachable(`the API is busy: ${error.message}`);
  if (code === 'INTERNAL_SERVER_ERROR') throw new ApiUnreachable(`the API has an error of its own: ${error.message}`, true);
  if (code === 'GRAPHQL_VALIDATION_FAILED') {
    throw new NotStudyhall(`${url.href} speaks another version of the contract (${error.message}); update the trainer or the API`);
  }
  throw new ApiRefused(code ?? 'UNKNOWN', error.message, error.extensions);
}

function parseAnswer(text: string): Answer | null {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer) ? (answer as Answer) : null;
  } catch {
    return null;
  }
}
