import { expect, it } from 'vitest';
import { provesItself } from './proves-itself.ts';

it.each([
  ['mutation ($i: CommitEpochsInput!) { commitEpochs(input: $i) { expiresAt cancelRequested } }', true],
  ['mutation A { one: commitEpochs(input: {}) { expiresAt } two: commitEpochs(input: {}) { expiresAt } }', true],
  ['mutation { commitEpochs(input: {}) { expiresAt } createToken(name: "mine", role: PERSON) { token } }', false],
  ['mutation A { commitEpochs(input: {}) { expiresAt } } mutation B { createToken(name: "mine", role: PERSON) { token } }', false],
  ['mutation { ... on Mutation { commitEpochs(input: {}) { expiresAt } } }', false],
  ['mutation { ...all } fragment all on Mutation { createToken(name: "mine", role: PERSON) { token } }', false],
  ['mutation { commitEpochs: createToken(name: "mine", role: PERSON) { token } }', false],
  ['query { commitEpochs }', false],
  ['{ viewer { name } }', false],
  ['mutation {', false],
  [`mutation { commitEpochs(input: {}) { expiresAt } } #${'x'.repeat(3000)}`, false],
])('%s proves its token by itself: %s', (query, proves) => {
  expect(provesItself({ query })).toBe(proves);
  expect(provesItself({ query })).toBe(proves);
});

it('what is no document proves nothing', () => {
  for (const body of [undefined, {}, { query: 1 }, [{ query: 'mutation { commitEpochs(input: {}) { expiresAt } }' }]])
    expect(provesItself(body)).toBe(false);
});
