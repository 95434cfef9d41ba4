/** A piece of a label; `dy` moves the pen from the piece before, and sub- and superscripts are set smaller. */
export type Piece = { key: string; text: string; level: '' | '_' | '^'; shift: { dy: number; raised: boolean } };

const levels = { '': 0, _: 3, '^': -4 } as const;

/** Cuts `p_t^T` into p, its index t and its exponent T. A script is one letter or number, or what stands in braces. */
export function scripts(text: string): Piece[] {
  const pieces: Piece[] = [];
  let level = 0;
  for (const match of text.matchAll(/([_^])(?:\{([^}]*)\}|([\p{L}\p{N}]+?)(?![\p{N}]))|[^_^]+/gu)) {
    const sign = (match[1] ?? '') as keyof typeof levels;
    const next = levels[sign];
    pieces.push({
      key: String(match.index),
      text: match[2] ?? match[3] ?? match[0],
      level: sign,
      shift: { dy: next - level, raised: sign !== '' },
    });
    level = next;
  }
  return pieces;
}
