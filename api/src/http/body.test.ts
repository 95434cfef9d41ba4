import { describe, expect, it } from 'vitest';
import { raw } from '../testing/raw.ts';
import { useApi } from '../testing/suite.ts';

describe('what stands in an address', () => {
  const suite = useApi();

  it('is checked behind a thousand other names, too', async () => {
    const ask = async (parameters: string) => {
      const { text } = await raw(`${suite.api.url}/graphql?${'a&'.repeat(1001)}${parameters}`, { 'apollo-require-preflight': '1' });
      return (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors.map(({ extensions }) => extensions.code);
    };
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(await ask(`query=${encodeURIComponent('{checkSpec(spec:')}${deep(2400)}${encodeURIComponent('){path}}')}`)).toEqual([
      'TOO_COMPLEX',
    ]);
    const query = encodeURIComponent('query($s:JSON!){checkSpec(spec:$s){path}}');
    expect(await ask(`query=${query}&variables=${encodeURIComponent('{"s":')}${deep(5000)}}`)).toEqual(['BAD_INPUT']);
  });
});
