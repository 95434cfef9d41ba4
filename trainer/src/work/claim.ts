import type { ClaimJobMutation } from '../client/generated/graphql.ts';

/** A job as the API hands it out, with what its kind is about under the kind's name. */
export type Claim = NonNullable<ClaimJobMutation['claimJob']>;
