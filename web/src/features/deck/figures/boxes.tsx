import { cx } from '@/ui/cx.ts';
import { Label } from './label.tsx';

type Place = { x: number; y: number };

/** What stands in a box: its name and, under it, a second, quiet line. */
function Named({ x, y, name, about, strong = false }: Place & { name: string; about?: string; strong?: boolean }) {
  return (
    <>
      <Label x={x} y={about ? y - 6.5 : y} strong={strong}>
        {name}
      </Label>
      {about ? (
        <Label x={x} y={y + 8} tone="muted" small>
          {about}
        </Label>
      ) : null}
    </>
  );
}

type NetworkProps = Place & {
  name: string;
  /** A second, quiet line. */
  about?: string;
  width?: number;
  height?: number;
  /** Trained before, and fixed now. */
  frozen?: boolean;
  /** The one that a step updates. */
  updated?: boolean;
};

/** A network, `x`, `y` its middle. Frozen ones are filled and framed by a quiet line; the one updated stands out. */
export function NetworkBox({ x, y, name, about, width = 84, height = 40, frozen = false, updated = false }: NetworkProps) {
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx="3"
        strokeWidth={updated ? 1.8 : 1.2}
        className={cx(frozen ? 'fill-sunken' : 'fill-raised', updated ? 'stroke-accent' : frozen ? 'stroke-line-strong' : 'stroke-muted')}
      />
      <Named x={x} y={y} name={name} about={about} strong />
    </g>
  );
}

type DataProps = Place & { name: string; about?: string; width?: number; height?: number; unlabelled?: boolean };

/** Samples, as a pile of pictures; without labels, in dashes. */
export function DataBox({ x, y, name, about, width = 58, height = 44, unlabelled = false }: DataProps) {
  const [left, top] = [x - width / 2, y - height / 2];
  return (
    <g>
      <path d={`M${left + 4} ${top - 3.5}H${left + width + 3.5}V${top + height - 4}`} fill="none" className="stroke-line-strong" />
      <rect
        x={left}
        y={top}
        width={width}
        height={height}
        rx="1.5"
        strokeDasharray={unlabelled ? '3.5 2.5' : undefined}
        className="fill-paper stroke-line-strong"
      />
      <Named x={x} y={y} name={name} about={about} />
    </g>
  );
}

/** A term of a loss, on the arrow it belongs to. */
export function LossTag({ x, y, children, quiet = false }: Place & { children: string; quiet?: boolean }) {
  // The scripts' signs take no room, and most letters about seven units.
  const width = children.replace(/[_^{}]/g, '').length * 6.4 + 12;
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y - 9}
        width={width}
        height="18"
        rx="9"
        className={quiet ? 'fill-paper stroke-line-strong' : 'fill-accent-soft stroke-accent'}
        strokeWidth="0.8"
      />
      <Label x={x} y={y} small>
        {children}
      </Label>
    </g>
  );
}

type OutputProps = Place & { values: readonly number[]; name?: string; marked?: number };

/** An output as bars, one per class, `x`, `y` the middle; `marked` is the class it is about. */
export function OutputBars({ x, y, values, name, marked }: OutputProps) {
  const bar = 6;
  const left = x - (values.length * bar) / 2;
  return (
    <g>
      <line x1={left - 2} x2={left + values.length * bar + 2} y1={y + 14} y2={y + 14} className="stroke-line-strong" />
      {values.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the classes of a drawing stay where they are
          key={index}
          x={left + index * bar + 0.8}
          y={y + 14 - value * 28}
          width={bar - 1.6}
          height={value * 28}
          className={marked === index ? 'fill-accent' : 'fill-muted'}
        />
      ))}
      {name ? (
        <Label x={x} y={y + 22} tone="muted" small>
          {name}
        </Label>
      ) : null}
    </g>
  );
}

/** The true labels. */
export function LabelsBox({ x, y }: Place) {
  return (
    <g>
      <circle cx={x} cy={y} r="10" className="fill-paper stroke-line-strong" />
      <Label x={x} y={y}>
        y
      </Label>
    </g>
  );
}
