import { readFile } from 'node:fs/promises';
import { rangeOf } from '@studyhall/contract/settings/read-range.ts';
import { buildSchema as fromText, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { printContract } from '../print-schema.ts';
import { buildSchema } from './index.ts';

describe('the contract', () => {
  it('is committed as the code says it', async () => {
    const committed = await readFile(new URL('../../../contract/schema.graphql', import.meta.url), 'utf8');
    expect(committed === printContract(), 'Run: npm run schema -w api').toBe(true);
  });

  it('can be read back with the bounds that the code checks', () => {
    const printed = fromText(printContract());
    let bounds = 0;
    for (const type of Object.values(buildSchema().getTypeMap())) {
      if (!isInputObjectType(type)) continue;
      const other = printed.getType(type.name);
      if (!isInputObjectType(other)) throw new Error(`${type.name} was not printed`);
      expect(other.isOneOf).toBe(type.isOneOf);
      for (const [name, field] of Object.entries(type.getFields())) {
        const range = rangeOf(field);
        const directive = other.getFields()[name]?.astNode?.directives?.find((node) => node.name.value === 'range');
        expect(
          Object.fromEntries(
            directive?.arguments?.map((node) => [node.name.value, 'value' in node.value ? String(node.value.value) : '']) ?? [],
          ),
        ).toEqual(Object.fromEntries(Object.entries(range ?? {}).map(([key, value]) => [key, String(value)])));
        if (range) bounds += 1;
      }
    }
    expect(bounds).toBeGreaterThan(20);
  });

  it('describes every setting of a spec', () => {
    const schema = buildSchema();
    const undescribed: string[] = [];
    const visit = (name: string) => {
      const type = schema.getType(name);
      if (!isInputObjectType(type)) return;
      for (const field of Object.values(type.getFields())) {
        if (!field.description && !type.isOneOf) undescribed.push(`${name}.${field.name}`);
        visit(String(field.type).replace(/[[\]!]/g, ''));
      }
    };
    visit('ScheduleRunsInput');
    expect(undescribed).toEqual([]);
  });
});
