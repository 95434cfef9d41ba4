import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';

/** A server's answer that another attempt would not change. */
export class WrongAnswer extends Error {
  override name = 'WrongAnswer';
}

const MOST_REDIRECTS = 5;

const once = (url: URL, headers: Record<string, string>, patience: number): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const get = url.protocol === 'https:' ? getHttps : getHttp;
    const request = get(url, { headers, timeout: patience }, resolve);
    request.on('timeout', () => request.destroy(new Error(`nothing came for ${patience / 1000} s`)));
    request.on('error', reject);
  });

/**
 * The answer to a GET, its bytes as they are served: `fetch` would unpack a .gz file that a server calls compressed content.
 *
 * @param from the first byte that is asked for
 * @param patience milliseconds without a byte after which the connection is given up
 * @throws WrongAnswer for a status that is no file, or a redirect from https to http
 */
export const request = async (url: string, from: number, patience: number): Promise<IncomingMessage> => {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'studyhall', ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
  let at = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await once(at, headers, patience);
    const { statusCode = 0, statusMessage = '' } = answer;
    if (statusCode === 200 || statusCode === 206 || statusCode === 416) return answer;
    answer.destroy();
    const { location } = answer.headers;
    if (statusCode < 300 || statusCode >= 400 || location === undefined) {
      // A server that is busy or restarts says so by these; elsewhere the file may be served now.
      throw new WrongAnswer(`answers ${statusCode} ${statusMessage}`.trim());
    }
    const next = new URL(location, at);
    if (at.protocol === 'https:' && next.protocol !== 'https:')
      throw new WrongAnswer(`redirects from https to ${next.protocol.slice(0, -1)}`);
    at = next;
  }
  throw new WrongAnswer(`redirects more than ${MOST_REDIRECTS} times`);
};
