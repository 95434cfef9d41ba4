/** What who may only read has to do to change anything, in a sentence. */
export function howToWrite({ signedIn = false }: { signedIn?: boolean }): string {
  if (signedIn) return 'You are a viewer: ask an admin of this bench to make you a member.';
  return 'Open the link that Studyhall printed when it started; it carries the key. On a team’s server, sign in, or ask whoever runs it for an invitation.';
}
