import { Arrow } from './arrow.tsx';
import { LossTag, OutputBars } from './boxes.tsx';
import { Figure } from './figure.tsx';
import { Label } from './label.tsx';

const stages = [92, 136, 180, 224];

/** A network as its stages, the last of them the features before the classifier; `held` is the one that L2 holds on to. */
function Stages({ y, name, held }: { y: number; name: string; held: number }) {
  return (
    <g>
      <Label x={14} y={y} anchor="start" strong>
        {name}
      </Label>
      {stages.map((x, index) => (
        <g key={x}>
          {index > 0 ? <Arrow from={[x - 29, y]} to={[x - 15, y]} /> : null}
          <rect
            x={x - 14}
            y={y - 18 + index * 2}
            width="28"
            height={36 - index * 4}
            rx="2"
            strokeWidth={index === held ? 1.8 : 1.1}
            className={index === held ? 'fill-accent-soft stroke-accent' : 'fill-raised stroke-muted'}
          />
          {index === held ? (
            <Label x={x} y={y}>
              {`f_${name.at(-1)}`}
            </Label>
          ) : null}
        </g>
      ))}
      <Arrow from={[240, y]} to={[268, y]} />
      <OutputBars x={292} y={y - 2} values={name.endsWith('1') ? [0.62, 0.26, 0.14, 0.34, 0.1] : [0.56, 0.2, 0.3, 0.28, 0.16]} />
    </g>
  );
}

/** L2 between the features before the classifiers. */
export function LastFeaturesFigure() {
  return (
    <Figure
      title="Mutual learning with L2 on the last features"
      description="Two networks learn from each other's outputs. In addition the squared distance between their last features, before the classifier, is held small."
    >
      <Stages y={46} name="net 0" held={3} />
      <Stages y={154} name="net 1" held={3} />
      <Arrow kind="teach" both from={[224, 62]} to={[224, 138]} />
      <LossTag x={168} y={100}>
        γ·(f_0 − f_1)²
      </LossTag>
      <Arrow kind="teach" both from={[292, 64]} to={[292, 134]} />
      <LossTag x={292} y={100}>
        KL
      </LossTag>
    </Figure>
  );
}

/** L2 in the middle, raw or after the neurons were matched. */
export function MiddleFeaturesFigure() {
  return (
    <Figure
      title="Mutual learning with L2 on middle features"
      description="Two networks learn from each other's outputs. In addition the squared distance between the features of a middle layer is held small: neuron by neuron as they stand, or after the permutation π that matches the neurons best."
    >
      <Stages y={40} name="net 0" held={1} />
      <Stages y={160} name="net 1" held={1} />
      {[-9, -3, 3, 9].map((offset, index) => (
        <path
          key={offset}
          d={`M${136 + offset * 1.1} 58C${136 + offset * 1.1} 92 ${136 + ([3, -9, 9, -3][index] ?? 0) * 1.1} 108 ${136 + ([3, -9, 9, -3][index] ?? 0) * 1.1} 142`}
          fill="none"
          strokeWidth="1.3"
          className="stroke-accent"
        />
      ))}
      <Label x={112} y={100} anchor="end" tone="accent">
        π
      </Label>
      <LossTag x={216} y={90}>
        γ·(f_0 − f_1)²
      </LossTag>
      <Label x={216} y={112} tone="muted" small>
        raw, or matched by π
      </Label>
      <Arrow kind="teach" both from={[306, 58]} to={[306, 140]} />
      <LossTag x={306} y={100}>
        KL
      </LossTag>
    </Figure>
  );
}
