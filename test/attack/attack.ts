import type { Target } from './target.ts';

/** Something that somebody does to take the server down, or to harm others; `right` says what it has to come to. */
export type Attack = {
  who: 'no key' | 'trainer’s token' | 'another page' | 'anyone';
  what: string;
  right: string;
  /** @returns what was not right. */
  run(target: Target): Promise<string[]>;
};

/** What is not as it should be, in words. */
export function expectations() {
  const complaints: string[] = [];
  return {
    complaints,
    expect: (holds: boolean, complaint: string) => {
      if (!holds) complaints.push(complaint);
    },
  };
}
