/** The contract's words, with what stands in backquotes set as code. */
export function Prose({ text }: { text: string }) {
  let offset = 0;
  return text.split(/(`[^`]+`)/).map((part) => {
    const key = offset;
    offset += part.length;
    if (!part.startsWith('`')) return part;
    return (
      <code key={key} className="font-mono text-[0.92em]">
        {part.slice(1, -1)}
      </code>
    );
  });
}
