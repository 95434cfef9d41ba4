import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RunSpec } from './run-spec.tsx';

const teacher = { id: 'run_7', label: 'Independent · cnn-32', seed: 2 };

/** Links of a specification whose student is taught by this teacher. */
function links(named: object, { ofGroup = false, run = teacher as typeof teacher | null } = {}): string[] {
  const spec = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { distillation: { teachers: [named] } } };
  const html = renderToStaticMarkup(
    <RunSpec spec={spec} execution={{}} fingerprint={null} teachers={[{ position: 0, run }]} ofGroup={ofGroup} />,
  );
  return [...html.matchAll(/<a[^>]* href="([^"]*)"[^>]*>(.*?)<\/a>/g)].map(
    ([, href, words = '']) => `${words.replaceAll('<!-- -->', '')} ${href}`,
  );
}

describe('a teacher in a specification', () => {
  const byRun = { run: { runId: 'run_7' } };
  const byGroup = { group: { groupKey: 'abc' } };

  it('is a link with its name: of a run that which taught, of a group the group that does', () => {
    expect([links(byRun), links(byGroup), links(byRun, { ofGroup: true })]).toEqual(
      Array.from({ length: 3 }, () => ['Independent · cnn-32, seed 2 /runs/run_7']),
    );
    expect(links(byGroup, { ofGroup: true })).toEqual(['Independent · cnn-32 /groups/abc']);
  });

  it('leads nowhere once it was deleted', () => expect(links(byRun, { run: null })).toEqual([]));
});
