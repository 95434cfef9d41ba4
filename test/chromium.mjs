import { existsSync } from 'node:fs';
import { runQuietly } from '../start/command.mjs';
import { readText } from '../start/machine/environment.mjs';

/**
 * A Chromium for the browser tests: the first that exists of $CHROMIUM_PATH, Playwright's own, Debian's and Google's; else, as root on
 * Debian, the package is installed.
 *
 * @returns {Promise<string>} its path
 * @throws naming the command that installs one
 */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('The browser tests need a Chromium. Install one (Debian: sudo apt-get install chromium) or set CHROMIUM_PATH to it.');
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('Updating the package lists', 'apt-get', ['update'], env);
  await runQuietly('Installing Chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], env);
  const installed = await findChromium();
  if (!installed) throw new Error('Debian\'s package "chromium" was installed, but there is no /usr/bin/chromium.');
  return installed;
}

async function findChromium() {
  const CHROMIUM_PATH = readText(process.env, 'CHROMIUM_PATH');
  if (CHROMIUM_PATH && !existsSync(CHROMIUM_PATH)) throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, where there is nothing.`);
  const { chromium } = await import('@playwright/test');
  return [CHROMIUM_PATH, chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (place) => place && existsSync(place),
  );
}
