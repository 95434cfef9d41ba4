import { InvitationDocument, type InvitationQuery } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { query } from '@/lib/api/server-client.ts';

/** What an invitation is for, or why it is for nothing. */
export async function loadInvitation(token: string): Promise<InvitationQuery['invitation'] | { problem: string }> {
  try {
    const { data } = await query({ query: InvitationDocument, variables: { token: token.slice(0, 100) }, fetchPolicy: 'no-cache' });
    return data?.invitation ?? { problem: 'The API gave no answer: open the link again in a moment.' };
  } catch (error) {
    return { problem: errorMessage(error) };
  }
}
