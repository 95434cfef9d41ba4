import { buildSchema as fromText } from 'graphql';
import { expect, it } from 'vitest';
import { checkRights } from './rights-of.ts';

function withScopes(authScopes: object | undefined, of: 'Query' | 'Thing' = 'Query') {
  const schema = fromText('type Query { thing: Thing } type Thing { secret: String }');
  const open = schema.getQueryType()?.getFields().thing;
  if (open) open.extensions = { pothosOptions: { authScopes: { viewer: true } } };
  const type = schema.getType(of) as NonNullable<ReturnType<typeof schema.getQueryType>>;
  const field = Object.values(type.getFields())[0];
  if (field) field.extensions = { pothosOptions: { authScopes } };
  return () => checkRights(schema);
}

it('a field that says not who may ask for it is refused with the schema', () => {
  expect(withScopes({ member: true, trainer: true })).not.toThrow();
  for (const scopes of [undefined, {}, { members: true }, () => true])
    expect(withScopes(scopes)).toThrow('Query.thing does not declare who may');
});

it('a field further down declares none: who follows a shared stream would not be asked', () => {
  expect(withScopes({ admin: true }, 'Thing')).toThrow(
    'Thing.secret declares authScopes; only fields of Query, Mutation and Subscription do.',
  );
});
