import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { sources } from '../../start/place.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const pages = ['README.md', ...(await sources('docs')).filter((file) => file.endsWith('.md'))];

describe('the documents', () => {
  it.each(pages)('%s links only to what is there', async (page) => {
    const text = await readFile(path.join(root, page), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)#\s]+)|\bsrc(?:set)?="([^"]+)"/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !/^\w+:/.test(target));
    expect(targets.filter((target) => !existsSync(path.join(root, path.dirname(page), target)))).toEqual([]);
  });

  it.each(pages)('%s asks only what the contract answers', async (page) => {
    const schema = buildSchema(await readFile(path.join(root, 'contract/schema.graphql'), 'utf8'));
    const text = await readFile(path.join(root, page), 'utf8');
    const queries = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    expect(queries.flatMap((query) => validate(schema, parse(query)).map(({ message }) => message))).toEqual([]);
  });

  it('list every decision', async () => {
    const index = await readFile(path.join(root, 'docs/adr/README.md'), 'utf8');
    const decisions = (await readdir(path.join(root, 'docs/adr'))).filter((file) => /^\d{4}-/.test(file));
    expect(decisions.filter((file) => !index.includes(`(${file})`))).toEqual([]);
  });
});
