import http from 'node:http';

/**
 * Asks a service of ours, by a connection of its own: a proxy that the environment names for the world is not asked for this machine.
 *
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: string, signal?: AbortSignal }} [options]
 * @returns {Promise<{ status: number, text: string }>}
 */
export function request(url, { method = 'GET', headers = {}, body, signal } = {}) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers, signal, agent: new http.Agent(), timeout: 30_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text })).on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`${url} does not answer`))).on('error', reject);
    sent.end(body);
  });
}
