import type { Response } from '../../../api/src/testing/client.ts';

/** @throws the first error of an answer. */
export async function expectData<Data>(answer: Promise<Response<Data>>): Promise<Data> {
  const { data, errors } = await answer;
  if (errors?.[0] || !data) throw new Error(`${errors?.[0]?.extensions.code}: ${errors?.[0]?.message}`);
  return data;
}
