import type { AnalysisKind } from '@studyhall/contract/analysis/kinds.ts';

/** What each kind of analysis is called, and what it answers. */
export const kindNames: Readonly<Record<AnalysisKind, { name: string; asks: string }>> = {
  GENERALISATION: { name: 'Generalisation', asks: 'How far is training from validation and test?' },
  FLATNESS: { name: 'Flatness', asks: 'How much noise on its weights does a network bear?' },
  ENTROPY: { name: 'Entropy', asks: 'How uncertain are the outputs, sample by sample?' },
  EQUIVALENT_TEMPERATURE: { name: 'Equivalent temperature', asks: 'At which temperature would a reference be as uncertain?' },
  PAIRS: { name: 'Pairs', asks: 'Do networks differ beyond a permutation of their neurons?' },
  EMBEDDING: { name: 'Embedding', asks: 'Where do the last features lie?' },
};
