import { settings } from '@studyhall/contract/settings/contract.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { draftOf } from '@/lib/contract/draft.ts';
import { freshDraft } from './initial-draft.ts';
import { readForm } from './read-form.ts';
import { ScheduleSummary } from './schedule-summary.tsx';

const reading = readForm(freshDraft('shapes-16', null));
type Props = Partial<Parameters<typeof ScheduleSummary>[0]>;
const summary = (props: Props = {}) =>
  renderToStaticMarkup(
    <ScheduleSummary reading={reading} problems={[]} check="checked" canWrite sending={false} refusal={null} {...props} />,
  );
/** The button that schedules, if there is one. */
function submit(props?: Props) {
  const [, attributes = '', words] = /<button type="submit"([^>]*)>([^<]*)</.exec(summary(props)) ?? [];
  return words === undefined ? null : { words, disabled: attributes.includes(' aria-disabled="true"') };
}

describe('the summary of the form', () => {
  it('says what would be scheduled, as it was understood', () => {
    const lines = [...summary().matchAll(/<dt[^>]*>([^<]*)<\/dt><dd[^>]*>([^<]*)</g)].map(([, term, text]) => `${term}: ${text}`);
    expect(lines).toEqual([
      'Method: Mutual, T 1',
      'Networks: resnet-8, resnet-8',
      'Dataset: shapes-16',
      'Images: all of the training split but 10 % for validation',
      'Length: 20 epochs, batches of 64',
      'Seeds: 1, 2, 3',
      'Priority: 0',
    ]);
  });

  it('names what is not at its default', () => {
    expect(summary()).toContain('All else is at its default.');
    const draft = draftOf(settings, 'ScheduleRunsInput', {
      spec: {
        dataset: 'shapes-16',
        data: { trainSamples: 1000 },
        networks: [{ model: 'cnn' }],
        method: { distillation: { temperature: 2, weight: 0.5, teachers: [{ trained: { network: { model: 'cnn-32' } } }] } },
        training: { learningRate: 0.03, optimizer: { adam: {} } },
      },
      seeds: [1],
    });
    const html = summary({ reading: readForm(draft) });
    const said = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(said).toContain('Method Distillation, T 2');
    expect(said).toContain('Images 1,000, with 10 % of the split for validation');
    expect(said).toContain('Teacher cnn-32, trained first');
    expect(said).toMatch(/Not at its default: .*Weight 0.5 .*Learning rate 0.03 .*Optimizer Adam/);
    expect(said).not.toContain('Momentum');
  });

  it('names twelve seeds at most', () => {
    const many = readForm({ ...freshDraft('shapes-16', null), seeds: '1-20' });
    expect(summary({ reading: many })).toContain('10, 11, 12 …');
    expect(submit({ reading: many })?.words).toBe('Schedule 20 runs');
  });

  it('lets nobody schedule what is wrong, not yet checked or on its way', () => {
    const problem = { path: 'spec.training.epochs', message: 'Required.' };
    expect(submit()?.disabled).toBe(false);
    for (const props of [{ problems: [problem] }, { check: 'checking' as const }, { sending: true }])
      expect(submit(props)?.disabled).toBe(true);
  });

  it('leads from each problem to its setting', () => {
    const html = summary({ problems: [{ path: 'spec.networks.1.model', message: 'Required.' }] });
    expect(html).toContain('One setting needs a change');
    expect(html).toContain('href="#set-spec-networks-1-model"');
  });

  it('offers a reader no button but says how to get one', () => {
    expect(submit({ canWrite: false })).toBeNull();
    expect(summary({ canWrite: false })).toContain('You are reading');
  });
});
