import { disableFragmentWarnings } from '@apollo/client';
import { InMemoryCache } from '@apollo/client-integration-nextjs';

// A preloaded query reaches the browser as text and is parsed again there: its fragments are known, and the same.
disableFragmentWarnings();

/** A cache that knows which entities share an identity and which nested objects are replaced as a whole. */
export function makeCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes: { Node: ['Dataset', 'Experiment', 'Model', 'Network', 'Run', 'Trainer'] },
    typePolicies: {
      Run: { fields: { progress: { merge: false }, cohort: { merge: false }, metrics: { merge: false }, log: { merge: false } } },
      LeaderboardRow: { fields: { counts: { merge: false } } },
      Experiment: { fields: { counts: { merge: false } } },
      DeckPreset: { fields: { counts: { merge: false }, groups: { merge: false }, conclusions: { merge: false } } },
    },
  });
}
