const others: readonly [pattern: RegExp, meant: string][] = [
  [/[\u200b\u200e\u200f\u2060\ufeff]/g, ''],
  [/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-'],
  [/\uff0b/g, '+'],
  [/[\uff0e\u066b]/g, '.'],
  [/[\uff0c\u060c\u3001]/g, ','],
  [/[\uff1b\u061b]/g, ';'],
  [/[\uff45\uff25]/g, 'e'],
  [/[\u2019\u02bc\u066c_]/g, "'"],
];

/** Spaces that hold a number together, as the pages print them; nobody types them between two numbers. */
const gluing = /(?<=\d)[\u00a0\u2007-\u200a\u202f](?=\d)/g;

/**
 * Text in the characters that numbers are read from: any script's digits as 0–9, one kind of minus, `'` for what can only stand between
 * thousands. Nothing else is changed: superscripts, fractions and letters stay what they are.
 */
export function unify(text: string): string {
  let plain = text.replace(/\p{Nd}/gu, (digit) => String(worth(digit)));
  for (const [pattern, meant] of others) plain = plain.replace(pattern, meant);
  return plain.replace(gluing, "'").replace(/\s+/g, ' ').trim();
}

/** Digits stand in Unicode in their order, ten of each kind. */
function worth(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return (code - first) % 10;
}
