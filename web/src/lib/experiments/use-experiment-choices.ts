'use client';

import { ExperimentChoicesDocument } from '@/generated/graphql.ts';
import { askAll, longestPage } from '../api/ask-all.ts';
import { useRead } from '../live/use-read.ts';

/** All experiments that are not archived, newest first, to choose from; undefined until they are known. */
export function useExperimentChoices(): { value: string; label: string }[] | undefined {
  const pages = useRead((client) => askAll(client, ExperimentChoicesDocument, { first: longestPage }, ({ experiments }) => experiments));
  return pages?.flatMap(({ experiments }) => experiments.edges.map(({ node }) => ({ value: node.id, label: node.title })));
}
