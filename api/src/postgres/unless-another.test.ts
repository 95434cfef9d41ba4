import { expect, it } from 'vitest';
import { createTestDatabase } from '../testing/database.ts';
import { unlessAnother } from './unless-another.ts';

it('of two processes one does it; whoever comes after its end does it again, also after a failure', async () => {
  const database = await createTestDatabase();
  const begin = withResolvers<void>();
  const end = withResolvers<string>();
  const first = unlessAnother(database.url, 'collecting', () => {
    begin.resolve();
    return end.promise;
  });
  await begin.promise;
  expect(await unlessAnother(database.url, 'collecting', async () => 'twice')).toBeUndefined();
  expect(await unlessAnother(database.url, 'something else', async () => 'beside')).toBe('beside');
  end.reject(new Error('broke'));
  await expect(first).rejects.toThrow('broke');
  expect(await unlessAnother(database.url, 'collecting', async () => 'again')).toBe('again');
  await database.drop();
});

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    [resolve, reject] = [yes, no];
  });
  return { promise, resolve, reject };
}
