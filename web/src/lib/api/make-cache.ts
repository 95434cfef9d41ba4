import { disableFragmentWarnings } from '@apollo/client';
import { OrderedCache } from './ordered-cache.ts';

// A preloaded query reaches the browser as text and is parsed again there: its fragments are known, and the same.
disableFragmentWarnings();

/** Of two words of a trainer the later one: an answer that was long on its way may hold an older one than a message that overtook it. */
const later = (known: { at: string } | null | undefined, next: { at: string } | null) =>
  known && next && Date.parse(next.at) < Date.parse(known.at) ? known : next;

/** A cache that knows which entities share an identity and which nested objects are replaced as a whole. */
export function makeCache(): OrderedCache {
  return new OrderedCache({
    possibleTypes: { Node: ['Dataset', 'Experiment', 'Model', 'Network', 'Run', 'Trainer'] },
    typePolicies: {
      Run: { fields: { progress: { merge: later }, cohort: { merge: false }, metrics: { merge: false }, log: { merge: false } } },
      LeaderboardRow: { fields: { counts: { merge: false } } },
      Experiment: { fields: { counts: { merge: false } } },
      DeckPreset: { fields: { counts: { merge: false }, groups: { merge: false }, conclusions: { merge: false } } },
    },
  });
}
