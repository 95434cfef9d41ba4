import { describe, expect, it } from 'vitest';
import { differences, readPrismaTables } from './prisma-tables.ts';

const schema = `
enum State {
  OPEN

  @@map("state_kind")
}

model Owner {
  id    String @id
  pets  Pet[]
  @@map("owners")
}

model Pet {
  ownerId String   @map("owner_id") // whose
  owner   Owner    @relation(fields: [ownerId], references: [id])
  name    String?
  tags    String[]
  state   State

  @@id([ownerId, state])
  @@unique([name])
  @@index([state(sort: Desc)])
  @@map("pets")
}
`;

describe('reading schema.prisma', () => {
  const [owners, pets] = readPrismaTables(schema);

  it('knows names, types and nullability, and leaves relations out', () => {
    expect(owners).toEqual({ name: 'owners', columns: { id: 'text' }, keys: ['primary (id)'] });
    expect(pets?.columns).toEqual({ owner_id: 'text', name: 'text?', tags: 'text[]', state: 'state_kind' });
  });

  it('knows keys and indexes', () => {
    expect(pets?.keys).toEqual(['primary (owner_id,state)', 'unique (name)', 'index (state)']);
  });

  it('refuses what it does not understand', () => {
    expect(() => readPrismaTables('model A {\n  id Bytes @id\n}\n')).toThrow(/Bytes/);
  });
});

describe('the difference', () => {
  const table = { name: 't', columns: { id: 'text', n: 'int4' }, keys: ['primary (id)'] };

  it('is empty where both agree, and where the database has more indexes', () => {
    expect(differences([table], [{ ...table, keys: ['primary (id)', 'index (n)'] }])).toEqual([]);
  });

  it('names a column that changed, a table and a key that are missing', () => {
    expect(differences([table], [{ ...table, columns: { id: 'text', n: 'int4?' }, keys: [] }])).toEqual([
      't.n: schema.prisma says int4, the migrations int4?',
      't: the migrations make no primary (id)',
    ]);
    expect(differences([table], [])).toEqual(['table t is in schema.prisma only']);
  });
});
