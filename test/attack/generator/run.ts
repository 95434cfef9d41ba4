import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { epochRow, leaseOf, schedule, smallSpec, type TestClaim, type TestTrainer } from '../../../api/src/testing/fleet.ts';
import { isAlive } from '../../../start/machine/process.mjs';
import { graphql, post, type Sent } from '../request.ts';
import { memoryOf, type Target } from '../target.ts';
import { type Asker, askers, comesWith, mayAsk } from './askers.ts';
import { Chance } from './chance.ts';
import { Files } from './files.ts';
import { type Generated, operation } from './operations.ts';
import { type Known, valueFor } from './values.ts';

export type Report = {
  requests: number;
  /** How often each code was answered. */
  codes: Record<string, number>;
  /** What must not be, with the request that brought it about. */
  complaints: string[];
  largestBytes: number;
  slowestMs: number;
  slowest: string;
  /** MB, sampled ten times. */
  memory: number[];
};

const knownCodes = new Set([
  'none',
  'BAD_SPEC',
  'BAD_INPUT',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'LEASE_LOST',
  'CONFLICT',
  'TOO_COMPLEX',
  'BUSY',
  'TOO_MANY_TRIES',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
]);

/**
 * Sends requests made by chance from the contract: operations with inputs from its bounds and beyond, by everybody whom the table of rights
 * knows; files; reports in sequence; bodies that are none.
 */
export async function generate(target: Target, requests: number, seed: number, asking: readonly Asker[] = askers): Promise<Report> {
  const chance = new Chance(seed);
  const schema = buildSchema(await readFile(new URL('../../../contract/schema.graphql', import.meta.url), 'utf8'));
  const report: Report = { requests, codes: {}, complaints: [], largestBytes: 0, slowestMs: 0, slowest: '', memory: [] };
  const known: Known = new Map([['run', ['run_none']]]);
  const sequence = await Sequence.begin(target, chance, known);
  const files = new Files(target.url, chance);
  for (let i = 0; i < requests; i += 1) {
    if (i % Math.ceil(requests / 10) === 0) report.memory.push((await memoryOf(target.pid)).now);
    const began = performance.now();
    const what = await one();
    if (report.complaints.length > 0 && !isAlive(target.pid)) throw new Error(`The API ended at ${report.complaints.at(-1)}`);
    const ms = performance.now() - began;
    if (ms > report.slowestMs) Object.assign(report, { slowestMs: ms, slowest: what });
  }
  report.memory.push((await memoryOf(target.pid)).now);
  return report;

  /** @returns what was asked. */
  async function one(): Promise<string> {
    if (chance.onceIn(4)) {
      judge(report, 'a report', 'trainer', undefined, await sequence.next(schema));
      return 'a report';
    }
    if (chance.onceIn(20)) return tryNonsense(target, chance, report);
    const asker = chance.one(asking);
    if (chance.onceIn(15)) {
      // Nobody but trainers sends any.
      const who = chance.onceIn(2) ? 'trainer' : asker;
      const { what, complaints } = await files.next(who, await comesWith(target, who));
      report.complaints.push(...complaints);
      return what;
    }
    const headers = await comesWith(target, asker);
    const generated = operation(chance, known, schema);
    const sent = await graphql(target.url, generated.query, generated.variables, undefined, headers).catch(unanswered);
    const what = `${asker}: ${generated.query.slice(0, 300)} ${JSON.stringify(generated.variables).slice(0, 500)}`;
    judge(report, what, asker, generated, sent);
    learn(known, sent);
    return what;
  }
}

function judge(report: Report, what: string, asker: Asker, generated: Generated | undefined, { status, text, bytes }: Sent): void {
  const complain = (why: string) => report.complaints.push(`${why}: ${what}\n  ${status} ${text.slice(0, 500)}`);
  report.largestBytes = Math.max(report.largestBytes, bytes);
  if (status >= 500 && status !== 503) complain('an error of ours');
  if (bytes > 5_100_000) complain(`${bytes} bytes`);
  if (bytes > 2_000_000) return;
  const answer = parsed(text);
  if (!answer) {
    if (generated) complain('no JSON');
    return;
  }
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code ?? 'none');
  for (const code of codes.length > 0 ? new Set(codes) : ['taken']) report.codes[code] = (report.codes[code] ?? 0) + 1;
  for (const code of codes) if (!knownCodes.has(code)) complain(`the code ${code}`);
  if (!generated) return;
  const given = Object.values(answer.data ?? {}).some((value) => value !== null && value !== false);
  if (given && !mayAsk(asker, generated)) complain(`a ${generated.kind} without right`);
}

type Answer = { data?: Record<string, unknown> | null; errors?: { extensions?: { code?: string } }[] };

/** What counts as an error of ours: the connection ended without an answer. */
const unanswered = (error: Error): Sent => ({ status: 599, text: `no answer: ${error.message}`, bytes: 0 });

function parsed(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

/** Ids that an answer names are used from then on. */
function learn(known: Known, { text }: Sent): void {
  for (const [id, prefix] of text.matchAll(/\b(run|exp|net|model|data|trainer|job|art|person|inv)_[a-z0-9]{8,40}\b/g)) {
    const ids = known.get(prefix as string) ?? [];
    if (!ids.includes(id) && ids.length < 30) known.set(prefix as string, [...ids, id]);
  }
}

async function tryNonsense(target: Target, chance: Chance, report: Report): Promise<string> {
  const what = nonsense(chance);
  const sent = await post(`${target.url}${what.path}`, what.body, what.headers, what.method).catch(unanswered);
  judge(report, JSON.stringify(what), 'visitor', undefined, sent);
  return JSON.stringify(what);
}

/** Requests that are no operation. */
function nonsense(chance: Chance) {
  const bodies = [
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '[{"query":"{__typename}"}]',
    '{"query":1}',
    '{"query":"{__typename}","variables":[]}',
    '{"query":"{__typename}","operationName":{}}',
    '{"query":"subscription{trainersChanged{id}}"}',
    '\u0000',
    '{"name":"Ada","password":"a guess"}',
    '{"name":"\\ud800","password":"\\u0000"}',
    '{"invitation":"shi_x","name":"Ada","password":"a long password"}',
    '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
  ];
  const headers: Record<string, string>[] = [
    {},
    { 'content-type': 'text/plain' },
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${'x'.repeat(4000)}` },
    { cookie: 'studyhall_key=%E2%82%AC; studyhall_key=%' },
    { cookie: `studyhall_key=${'b'.repeat(32)}` },
    { 'x-studyhall-address': '::ffff:1.2.3.4.5', 'x-forwarded-for': ', , x' },
    { 'content-encoding': 'gzip' },
    { accept: 'text/html' },
    { 'x-studyhall-web': 'local' },
  ];
  return {
    path: chance.one([
      '/graphql',
      '/graphql?query={__typename}',
      '/artifacts/x',
      '/',
      '/healthz',
      '/graphql/../artifacts/%00',
      '/sign-in',
      '/join',
    ]),
    body: chance.one(bodies),
    headers: chance.one(headers),
    method: chance.one(['POST', 'POST', 'PUT', 'DELETE', 'PATCH']),
  };
}

/** The life of jobs as a trainer would report it, if it were out of its mind. */
class Sequence {
  #claim: TestClaim | null = null;

  private constructor(
    readonly target: Target,
    readonly chance: Chance,
    readonly known: Known,
  ) {}

  static async begin(target: Target, chance: Chance, known: Known): Promise<Sequence> {
    const sequence = new Sequence(target, chance, known);
    await sequence.#join();
    return sequence;
  }

  /** Again and again the same trainer: others may have said its goodbye by chance. */
  async #join(): Promise<TestTrainer> {
    const trainer = await this.target.trainer({ key: 'the trainer of the generator' });
    this.known.set('trainer', [trainer.id]);
    return trainer;
  }

  async next(schema: ReturnType<typeof buildSchema>): Promise<Sent> {
    const { chance, known, target } = this;
    if (!this.#claim) {
      const trainer = await this.#join();
      const [runId] = await schedule(target.api(), smallSpec, [chance.below(2 ** 31)], { priority: 100 });
      known.set('run', [...(known.get('run') ?? []).slice(-20), runId as string]);
      this.#claim = await trainer.claim();
      if (!this.#claim) return graphql(target.url, '{ __typename }');
    }
    const lease = leaseOf(this.#claim);
    const [field, type] = chance.one([
      ['renewLease', 'RenewLeaseInput'],
      ['commitEpochs', 'CommitEpochsInput'],
      ['commitEpochs', 'CommitEpochsInput'],
      ['reportLog', 'ReportLogInput'],
      ['finishJob', 'FinishJobInput'],
      ['failJob', 'FailJobInput'],
      ['handBackJob', 'HandBackJobInput'],
    ] as const);
    const arg = schema.getMutationType()?.getFields()[field]?.args[0];
    if (!arg) throw new Error(`There is no mutation ${field}.`);
    const input = { ...(valueFor(chance, known, arg) as object), lease };
    // Now and then rows that are right but for one value.
    if (field === 'commitEpochs' && chance.onceIn(2))
      Object.assign(input, { epochs: [epochRow(0, 1 + chance.below(3))], cohort: [], networks: null, checkpoint: null });
    const sent = await graphql(
      target.url,
      `mutation ($input: ${type}!) { ${field}(input: $input) ${field.startsWith('renew') || field.startsWith('commit') ? '{ expiresAt }' : ''} }`,
      { input },
      target.trainerToken,
    ).catch(unanswered);
    if (!sent.text.includes('"errors"') && ['finishJob', 'failJob', 'handBackJob'].includes(field)) this.#claim = null;
    if (sent.text.includes('LEASE_LOST')) this.#claim = null;
    return sent;
  }
}
