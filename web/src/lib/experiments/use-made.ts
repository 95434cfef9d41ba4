'use client';

import { useMutation } from '@apollo/client/react';
import { useRef } from 'react';
import { unmask } from '@/generated/fragment-masking.ts';
import { CreateExperimentDocument, ListedExperimentFragmentDoc } from '@/generated/graphql.ts';
import { newTitle } from './chosen-experiment.ts';

/** Makes the experiment that was chosen where it is a new one, once, however often it is tried; answers the id of what was chosen. */
export function useMade() {
  const [create, { loading, error }] = useMutation(CreateExperimentDocument);
  const made = useRef(new Map<string, string>());
  const make = async (chosen: string): Promise<string | null> => {
    const title = newTitle(chosen);
    if (title === null) return chosen;
    const known = made.current.get(title);
    if (known) return known;
    const answer = await create({ variables: { title, note: '' } }).catch(() => null);
    const id = answer?.data ? unmask(ListedExperimentFragmentDoc, answer.data.createExperiment).id : null;
    if (id) made.current.set(title, id);
    return id;
  };
  return { make, loading, error };
}
