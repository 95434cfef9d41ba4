import { scripts } from '@/lib/format/scripts.ts';
import { cx } from '@/ui/cx.ts';

type Props = {
  x: number;
  y: number;
  /** Symbols with `_` and `^` for one script each: `p_t^T`, `f_i`. */
  children: string;
  anchor?: 'start' | 'middle' | 'end';
  tone?: 'ink' | 'muted' | 'accent';
  strong?: boolean;
  small?: boolean;
};

const tones = { ink: 'fill-ink', muted: 'fill-muted', accent: 'fill-accent' };

/** Words or a symbol, their middle at `y`. */
export function Label({ x, y, children, anchor = 'middle', tone = 'ink', strong = false, small = false }: Props) {
  return (
    <text x={x} y={y + 4} textAnchor={anchor} fontSize={small ? 10.5 : 12} className={cx(tones[tone], strong && 'font-medium')}>
      {scripts(children).map(({ key, text, shift }) => (
        <tspan key={key} dy={shift.dy} fontSize={shift.raised ? 8.5 : undefined}>
          {text}
        </tspan>
      ))}
    </text>
  );
}
