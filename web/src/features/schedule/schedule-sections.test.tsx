import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { settings } from '@studyhall/contract/settings/contract.ts';
import type { Problem } from '@studyhall/contract/settings/problem.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider as HookFormProvider, useForm } from 'react-hook-form';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from '@/lib/contract/draft.ts';
import { english } from '@/lib/numbers/separators.ts';
import { FormProvider } from './form-context.tsx';
import { fieldId, formPlace } from './form-place.ts';
import { ScheduleSections } from './schedule-sections.tsx';

const choices = {
  datasets: [
    {
      id: 'dataset_1',
      name: 'shapes-16',
      hash: 'sha256:0',
      trainSize: 8000,
      testSize: 2000,
      views: [{ name: 'rgb', shape: [16, 16, 3] }],
      classCount: 2,
      trainers: [],
    },
  ],
  trainers: [],
  models: [],
};
const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.empty() });

function Form({ draft, problems }: { draft: Draft; problems: readonly Problem[] }) {
  const form = useForm({ defaultValues: draft });
  return (
    <ApolloProvider client={client}>
      <HookFormProvider {...form}>
        <FormProvider problems={problems} readOnly={false} choices={choices} separators={english} scheduledSeeds={[]}>
          <form id={fieldId('spec')}>
            <ScheduleSections method={undefined} networks={1} labelSmoothing={0} />
          </form>
        </FormProvider>
      </HookFormProvider>
    </ApolloProvider>
  );
}

/** The form's elements, as tags with their attributes and, for texts, what they hold. */
function render(spec: { [name: string]: JsonValue }, problems: readonly Problem[] = []) {
  const draft = draftOf(settings, 'ScheduleRunsInput', {
    spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} }, ...spec },
    seeds: [1],
  });
  const html = renderToStaticMarkup(<Form draft={draft} problems={problems} />);
  const all = (attribute: string) => [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value = '']) => value);
  return { html, all, ids: all('id') };
}

const network = { model: 'cnn' };
const forms: Record<string, { [name: string]: JsonValue }> = {
  'mutual learning': {},
  'independent networks': { method: { independent: {} } },
  'a confidence penalty': { method: { confidencePenalty: {} } },
  'an earlier run as teacher': { method: { distillation: { teachers: [{ run: { runId: 'run_1' } }] } } },
  'a group and a network as teachers': {
    method: { distillation: { teachers: [{ group: { groupKey: 'k' } }, { trained: { network } }] } },
  },
  'peers with teachers and features': { method: { mutual: { teaching: { teachers: [{ trained: { network } }] }, features: {} } } },
  'steps and Adam': { training: { schedule: { step: { milestones: [5] } }, optimizer: { adam: {} }, gradientClipping: 1 } },
  'a dataset that nobody has': { dataset: 'elsewhere' },
};

describe.each(Object.entries(forms))('the form with %s', (_, spec) => {
  const { html, all, ids } = render(spec);

  it('has every id once, and something there for every reference', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const references = [...all('aria-describedby'), ...all('aria-labelledby'), ...all('for'), ...all('list')].flatMap((text) =>
      text.split(' '),
    );
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('describes every control', () => {
    const controls = html.match(/<(input|select|textarea)\s[^>]*>/g) ?? [];
    const bare = controls.filter((tag) => !tag.includes('aria-describedby') && !/type="checkbox"|aria-hidden/.test(tag));
    expect(bare).toEqual([]);
  });
});

describe('a problem', () => {
  const taught = forms['an earlier run as teacher'] ?? {};

  it.each([
    ['spec.data.trainSamples', {}],
    ['spec.data.withheldClasses.1', {}],
    ['spec.data', {}],
    ['spec.networks', {}],
    ['spec.networks.1.view', {}],
    ['spec.networks.0.dropout', {}],
    ['spec.method', {}],
    ['spec.method.mutual.labelWeight', {}],
    ['spec.method.distillation.teachers', taught],
    ['spec.method.distillation.teachers.0', taught],
    ['spec.method.distillation.teachers.0.run', taught],
    ['spec.method.distillation.teachers.0.run.runId', taught],
    ['spec.method.distillation.teachers.0.run.network', taught],
    ['spec.training.schedule', {}],
    ['spec.training.warmth', {}],
    ['seeds.0', {}],
    ['experimentId', {}],
    ['priority', {}],
    ['execution.maxFailures', {}],
  ] as [string, { [name: string]: JsonValue }][])(
    'of %s is said once at its place, and both the list and its control point there',
    (path, spec) => {
      const { html, all, ids } = render(spec, [{ path, message: 'This is wrong.' }]);
      expect(ids).toContain(fieldId(formPlace(path)));
      const [said, ...more] = [...html.matchAll(/<div id="([^"]*)"[^>]*>(?:<p[^>]*>This is wrong\.<\/p>)/g)].map(([, id = '']) => id);
      expect(more).toEqual([]);
      const described = all('aria-describedby').flatMap((text) => text.split(' '));
      // Problems of a whole section belong to no control.
      if (!['spec.data', 'spec.training.warmth'].includes(path)) expect(described).toContain(said);
      else expect(said).toBeDefined();
    },
  );
});
