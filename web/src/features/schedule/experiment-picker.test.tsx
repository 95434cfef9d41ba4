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

/** What it offers before the experiments are there, as `value: words`, the chosen one with a star. */
function offered(experimentId: string): string[] {
  function Form() {
    const form = useForm({ defaultValues: { experimentId } });
    return (
      <ApolloProvider client={client}>
        <HookFormProvider {...form}>{field ? <ExperimentPicker field={field} path="experimentId" /> : null}</HookFormProvider>
      </ApolloProvider>
    );
  }
  return [...renderToStaticMarkup(<Form />).matchAll(/<option value="([^"]*)"( selected="")?>([^<]*)</g)].map(
    ([, value, chosen, words]) => `${value}: ${words}${chosen ? ' *' : ''}`,
  );
}

describe('the choice of an experiment', () => {
  it('may be none', () => expect(offered('')).toEqual([': None *']));

  it('keeps the one that the address asks for, also while nobody knows it', () =>
    expect(offered('exp_1')).toEqual([': None', 'exp_1: exp_1 *']));
});
