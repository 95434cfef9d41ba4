// `npm test`: everything that must hold, on a machine with nothing but Node, npm and, for the browser, root or a Chromium.
// Node's built-ins only, for nothing is installed yet when this runs.
import './own-environment.mjs';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensureWebBuilt } from '../start/build-web.mjs';
import { endCommands } from '../start/command.mjs';
import { ensureGenerated } from '../start/generate.mjs';
import { ensureInstalled } from '../start/install.mjs';
import { onEndSignals } from '../start/machine/signals.mjs';
import { root } from '../start/place.mjs';
import { ensureProgramsBuilt } from '../start/programs.mjs';
import { ensureChromium } from './chromium.mjs';

/** How long what runs may take to end once it was told to: a house under test ends its Postgres. */
const patienceMs = 30_000;
/** The process groups of the commands that run, or ran: what one started may outlive it for a moment. */
const groups = new Set();
let stopped = false;
onEndSignals((_signal, count) => void stop(count));
// What tests leave there goes with it, also when they are stopped half-way. Postgres may run as another user, who has to pass.
const reports = await mkdtemp(path.join(tmpdir(), 'studyhall-test-'));
await chmod(reports, 0o755);
process.env.TMPDIR = reports;
const totals = { passed: 0, failed: 0, skipped: 0 };

try {
  await phase('install', ensureInstalled);
  await phase('generate', ensureGenerated);
  await phase('chromium', async () => (process.env.CHROMIUM_PATH = await ensureChromium()));
  await all(phase('check', check), phase('build', build));
  // One after the other: each keeps two cores busy, and side by side they wait for each other longer than they compute.
  await phase('unit and chaos tests', vitest);
  await phase('end-to-end tests', playwright);
} catch (error) {
  totals.failed++;
  if (!stopped) console.error(error instanceof Error ? error.message : error);
}
if (stopped) await untilAllEnded();
await rm(reports, { recursive: true, force: true, maxRetries: 5 });
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
if (stopped) process.exit(130);
console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);

async function phase(name, work) {
  if (stopped) throw new Error('Stopped.');
  const began = performance.now();
  await work();
  console.log(`== ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** Waits for the end of both, whichever fails. */
async function all(...phases) {
  const failed = (await Promise.allSettled(phases)).find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

async function build() {
  await ensureProgramsBuilt();
  await ensureWebBuilt();
}

/** One passed or failed for each of the checks that `npm run check` makes. */
async function check() {
  const { output } = await run(process.execPath, ['--import', 'tsx', 'test/checks/main.ts']);
  const [, passed, failed] = /checks: (\d+) passed, (\d+) failed/.exec(output) ?? [];
  if (passed === undefined) throw new Error('The checks did not come to an end.');
  add({ passed: Number(passed), failed: Number(failed), skipped: 0 });
}

async function vitest() {
  const file = path.join(reports, 'vitest.json');
  const { code } = await run(tool('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  add({
    passed: report.numPassedTests ?? 0,
    // A file that does not even load has no tests to fail.
    failed: Math.max(report.numFailedTests ?? 0, code === 0 ? 0 : 1),
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  });
}

async function playwright() {
  const file = path.join(reports, 'playwright.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { code } = await run(tool('playwright'), ['test', '--config', 'test/playwright.config.ts', '--reporter=list,json'], env);
  const { stats } = JSON.parse(await readFile(file, 'utf8').catch(() => '{"stats":{}}'));
  add({
    passed: stats.expected ?? 0,
    failed: Math.max((stats.unexpected ?? 0) + (stats.flaky ?? 0), code === 0 ? 0 : 1),
    skipped: stats.skipped ?? 0,
  });
}

function add(counts) {
  for (const key of Object.keys(totals)) totals[key] += counts[key];
}

function tool(name) {
  return path.join(root, 'node_modules/.bin', name);
}

/** Runs a command with its output passed through, and kept. */
function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const stdio = ['ignore', 'pipe', 'inherit'];
    // A group of its own: a signal reaches this process alone, which passes it on to all that the command started.
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio, detached: process.platform !== 'win32' });
    if (child.pid) groups.add(child.pid);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      // With nobody left in it, its number may be anybody's.
      if (!signal(child.pid, 0)) groups.delete(child.pid);
      resolve({ code, output });
    });
  });
}

/** Ends what runs, in order; by a second signal, or after a while, by force. */
async function stop(count) {
  stopped = true;
  signalAll(count === 1 ? 'SIGTERM' : 'SIGKILL');
  setTimeout(() => signalAll('SIGKILL'), patienceMs).unref();
  await endCommands();
}

/** Whether there was anybody to send it to; signal 0 only asks. */
function signalAll(name) {
  return [...groups].map((group) => signal(group, name)).some(Boolean);
}

function signal(group, name) {
  try {
    return process.kill(process.platform === 'win32' ? group : -group, name);
  } catch {
    return false;
  }
}

/** What tests started may write to their folders until it has ended. */
async function untilAllEnded() {
  for (const until = performance.now() + patienceMs; signalAll(0) && performance.now() < until; ) await delay(50);
}
