import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider as HookFormProvider, useForm } from 'react-hook-form';
import { describe, expect, it } from 'vitest';
import { ExperimentPicker } from './experiment-picker.tsx';

const client = new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.empty() });
const field = inputType(settings, 'ScheduleRunsInput').fields.find(({ name }) => name === 'experimentId');

/** What stands in the field before the experiments are there. */
function shown(experimentId: string): string | undefined {
  function Form() {
    const form = useForm({ defaultValues: { experimentId } });
    return (
      <ApolloProvider client={client}>
        <HookFormProvider {...form}>{field ? <ExperimentPicker field={field} path="experimentId" /> : null}</HookFormProvider>
      </ApolloProvider>
    );
  }
  return /role="combobox"[^>]* value="([^"]*)"/.exec(renderToStaticMarkup(<Form />))?.[1];
}

describe('the choice of an experiment', () => {
  it('may be none', () => expect(shown('')).toBe('None'));

  it('keeps the one that the address asks for, also while nobody knows it', () => expect(shown('exp_1')).toBe('exp_1'));
});
