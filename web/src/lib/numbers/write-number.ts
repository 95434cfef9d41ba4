/** A number so that it is read as itself in every language: `1.125`, which is a thousand and more in German, gets a fourth digit. */
export function writeNumber(value: number): string {
  const text = String(value);
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}
