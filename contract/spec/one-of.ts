/** Exactly one of the entries. */
export type OneOf<T> = { [K in keyof T]: { readonly [P in K]: T[P] } & { readonly [P in Exclude<keyof T, K>]?: undefined } }[keyof T];

type Entry<T> = { [K in keyof T]: readonly [K, T[K]] }[keyof T];

/** The one entry that is there. */
export function chosen<T extends object>(oneOf: OneOf<T>): Entry<T> {
  const [entry] = Object.entries(oneOf).filter(([, value]) => value !== undefined && value !== null);
  return entry as unknown as Entry<T>;
}
