import type { Setting } from '@studyhall/contract/settings/settings.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider as HookFormProvider, useForm } from 'react-hook-form';
import { describe, expect, it } from 'vitest';
import { english } from '@/lib/numbers/separators.ts';
import { FormProvider } from './form-context.tsx';
import { SettingControl } from './setting-control.tsx';
import { SettingRow } from './setting-row.tsx';

const epochs: Setting = {
  name: 'maxFailures',
  description: 'Passes over the data.',
  kind: 'int',
  type: 'Int',
  list: false,
  required: false,
  default: 20,
  range: { min: 1, max: 2000, unit: 'epochs' },
};

type Options = { value?: string | boolean; changed?: boolean; problem?: string; readOnly?: boolean };

/** The row of one setting with its control, as markup without the tags, and with them. */
function row(field: Setting, { value = '', changed = false, problem, readOnly = false }: Options = {}) {
  // A place that the form has: what is wrong is told by it.
  const path = `execution.${field.name}`;
  function Form() {
    const form = useForm({ defaultValues: { execution: { [field.name]: value } } });
    const choices = { datasets: [], trainers: [], models: [] };
    const problems = problem ? [{ path, message: problem }] : [];
    return (
      <HookFormProvider {...form}>
        <FormProvider problems={problems} readOnly={readOnly} choices={choices} separators={english} scheduledSeeds={[]}>
          <SettingRow field={field} path={path} changed={changed} onReset={() => {}}>
            <SettingControl field={field} path={path} />
          </SettingRow>
        </FormProvider>
      </HookFormProvider>
    );
  }
  const html = renderToStaticMarkup(<Form />);
  return { html, text: html.replace(/<[^>]+>/g, '|') };
}

describe('the row of a setting', () => {
  it('says its name, what it is for, its default, its bounds and its unit', () => {
    const { html, text } = row(epochs, { value: '20' });
    for (const words of ['Max failures', 'Passes over the data.', 'default: 20 · 1 to 2,000', 'epochs']) expect(text).toContain(words);
    expect(html).toMatch(/<label[^>]* for="set-execution-maxFailures"/);
    expect(html).toMatch(/<input[^>]* value="20"/);
  });

  it('offers to go back to the default only where it was changed', () => {
    expect(row(epochs).html).not.toContain('Reset Max failures');
    expect(row(epochs, { changed: true }).html).toContain('aria-label="Reset Max failures to its default"');
  });

  it('says what is wrong in the words of the form, and marks the control', () => {
    const { html, text } = row(epochs, { value: '0', problem: 'is 0; data.validationFraction is not to blame.' });
    expect(text).toContain('is 0; “Data › Validation fraction” is not to blame.');
    expect(html).toMatch(/<input[^>]* aria-invalid="true"/);
  });

  it('says how a number was understood that is written otherwise', () => {
    expect(row(epochs, { value: '1,000' }).text).toMatch(/1,000 → \|1,000 epochs/);
    expect(row(epochs, { value: '1000' }).text).not.toContain('→');
  });

  it.each([
    [{ ...epochs, default: undefined, required: true }, ''],
    [{ ...epochs, default: undefined, required: false }, 'optional'],
    [{ ...epochs, kind: 'boolean', default: true }, 'default: on'],
    [{ ...epochs, kind: 'string', default: '' }, 'default: none'],
    [{ ...epochs, kind: 'string', list: true, default: [] }, 'default: none'],
    [{ ...epochs, kind: 'enum', type: 'Selection', default: 'BEST_VALIDATION' }, 'default: best validation'],
  ] as [Setting, string][])('says a default as the control shows it: %#', ({ range: _, ...field }, words) => {
    expect(/<span id="set-execution-maxFailures-facts">([^<]*)</.exec(row(field).html)?.[1]).toBe(words);
  });
});

describe('the control of a setting', () => {
  it('is that of its kind', () => {
    expect(row({ ...epochs, kind: 'boolean' }, { value: true }).html).toMatch(/<input type="checkbox"[^>]* checked=""/);
    expect(row({ ...epochs, kind: 'enum', type: 'EngineChoice' }, { value: 'AUTO' }).html).toMatch(
      /<option value="AUTO" selected="">Auto</,
    );
    expect(row({ ...epochs, kind: 'float' }).html).toContain('inputMode="decimal"');
    expect(row(epochs).html).toContain('inputMode="numeric"');
    expect(row({ ...epochs, name: 'note', kind: 'string' }).html).toContain('<textarea');
  });

  it('is for looking at alone where one may only read', () => {
    for (const kind of ['int', 'boolean', 'string'] as const)
      expect(row({ ...epochs, kind }, { readOnly: true }).html).toMatch(/ disabled=""/);
  });
});
