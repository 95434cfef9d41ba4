import { Arrow } from './arrow.tsx';
import { DataBox, LabelsBox, LossTag, NetworkBox, OutputBars } from './boxes.tsx';
import { Figure } from './figure.tsx';
import { Label } from './label.tsx';

const first = [0.62, 0.26, 0.14, 0.34, 0.1];
const second = [0.56, 0.2, 0.3, 0.28, 0.16];

/** Two networks, each the other's teacher. */
export function MutualPairFigure() {
  return (
    <Figure
      title="Deep mutual learning, two networks"
      description="The same images go to two networks trained from scratch. Each learns from the labels y and from the other's output."
    >
      <DataBox x={38} y={100} name="images" />
      <Arrow from={[68, 92]} to={[106, 52]} />
      <Arrow from={[68, 108]} to={[106, 148]} />
      <NetworkBox x={144} y={46} name="net 0" width={74} height={38} />
      <NetworkBox x={144} y={154} name="net 1" width={74} height={38} />
      <Arrow from={[182, 46]} to={[216, 46]} />
      <Arrow from={[182, 154]} to={[216, 154]} />
      <OutputBars x={238} y={40} values={first} />
      <OutputBars x={238} y={150} values={second} />
      <Arrow kind="teach" from={[230, 132]} to={[230, 62]} bend={6} />
      <Arrow kind="teach" from={[246, 62]} to={[246, 132]} bend={6} />
      <LossTag x={182} y={98}>
        KL(p_1 ‖ p_0)
      </LossTag>
      <LossTag x={294} y={98}>
        KL(p_0 ‖ p_1)
      </LossTag>
      <LabelsBox x={340} y={46} />
      <LabelsBox x={340} y={154} />
      <Arrow from={[328, 46]} to={[262, 46]} />
      <Arrow from={[328, 154]} to={[262, 154]} />
      <LossTag x={296} y={46} quiet>
        CE
      </LossTag>
      <LossTag x={296} y={154} quiet>
        CE
      </LossTag>
    </Figure>
  );
}

/** The two updates of one alternating step. */
export function AlternatingFigure() {
  return (
    <Figure
      title="One step of the alternating algorithm"
      description="Step 1: both networks see the batch, and net 0 is updated with net 1's output as its target. Step 2: net 0's output is computed again, and net 1 is updated with it."
    >
      <Label x={16} y={16} anchor="start" strong>
        Step 1: update net 0
      </Label>
      <NetworkBox x={56} y={62} name="net 0" width={72} height={36} updated />
      <NetworkBox x={56} y={150} name="net 1" width={72} height={36} />
      <OutputBars x={130} y={146} values={second} name="p_1" />
      <Arrow from={[92, 150]} to={[110, 150]} />
      <Arrow kind="teach" from={[130, 126]} to={[94, 66]} bend={-14} />
      <LossTag x={126} y={94}>
        CE + KL
      </LossTag>
      <line x1="180" x2="180" y1="10" y2="190" className="stroke-line" />
      <Label x={196} y={16} anchor="start" strong>
        Step 2: update net 1
      </Label>
      <NetworkBox x={236} y={62} name="net 0" width={72} height={36} />
      <NetworkBox x={236} y={150} name="net 1" width={72} height={36} updated />
      <OutputBars x={312} y={58} values={first} />
      <Label x={312} y={35} tone="muted" small>
        p_0, again
      </Label>
      <Arrow from={[272, 62]} to={[292, 62]} />
      <Arrow kind="teach" from={[312, 78]} to={[274, 144]} bend={-8} />
      <LossTag x={318} y={112}>
        CE + KL
      </LossTag>
    </Figure>
  );
}

/** Pairs of equal and of unequal size. */
export function ArchitecturesFigure() {
  return (
    <Figure
      title="Pairs of architectures"
      description="Three cohorts of two that learn from each other: two small networks, two big ones, and a big one with a small one."
    >
      {[
        { x: 62, name: 'small with small', sizes: [0, 0] },
        { x: 180, name: 'big with big', sizes: [1, 1] },
        { x: 298, name: 'big with small', sizes: [1, 0] },
      ].map(({ x, name, sizes: [above = 0, below = 0] }) => (
        <g key={name}>
          <NetworkBox x={x} y={48} name={above ? 'big' : 'small'} width={above ? 96 : 62} height={above ? 52 : 32} />
          <NetworkBox x={x} y={138} name={below ? 'big' : 'small'} width={below ? 96 : 62} height={below ? 52 : 32} />
          <Arrow kind="teach" both from={[x, above ? 75 : 65]} to={[x, below ? 111 : 121]} />
          <Label x={x} y={184} tone="muted" small>
            {name}
          </Label>
        </g>
      ))}
    </Figure>
  );
}

/** The same pair, alone and together, measured after every epoch. */
export function AccuracyCurveFigure() {
  const epochs = [178, 212, 246, 280, 314, 348];
  return (
    <Figure
      title="Measured after every epoch"
      description="Two networks trained alone, and the same two with the same seeds trained together. Their validation accuracy is measured after every epoch."
    >
      {[
        { y: 54, name: 'independent', together: false },
        { y: 142, name: 'mutual', together: true },
      ].map(({ y, name, together }) => (
        <g key={name}>
          <NetworkBox x={42} y={y} name="net 0" width={58} height={34} />
          <NetworkBox x={122} y={y} name="net 1" width={58} height={34} />
          {together ? <Arrow kind="teach" both from={[72, y]} to={[92, y]} /> : null}
          <Label x={14} y={y - 28} anchor="start" tone="muted" small>
            {name}
          </Label>
          <line x1="160" x2="352" y1={y} y2={y} className="stroke-line-strong" />
          {epochs.map((x) => (
            <circle key={x} cx={x} cy={y} r="4" className={together ? 'fill-accent' : 'fill-muted'} />
          ))}
        </g>
      ))}
      <Label x={352} y={98} anchor="end" tone="muted" small>
        validation accuracy, epoch by epoch
      </Label>
      <Label x={14} y={186} anchor="start" tone="muted" small>
        same seed: same initial weights, same batches
      </Label>
    </Figure>
  );
}

/** Labels for some of the images, the peers' outputs for all. */
export function SemiSupervisedFigure() {
  return (
    <Figure
      title="Semi-supervised mutual learning"
      description="Both networks see all images. The hard-label term counts the labelled ones alone; the mutual term counts all."
    >
      <DataBox x={48} y={52} name="labelled" about="with y" width={74} />
      <DataBox x={48} y={148} name="unlabelled" about="images only" width={74} unlabelled />
      <Arrow from={[90, 46]} to={[138, 48]} />
      <Arrow from={[90, 62]} to={[138, 140]} />
      <Arrow from={[90, 138]} to={[138, 60]} dashed />
      <Arrow from={[90, 152]} to={[138, 150]} dashed />
      <NetworkBox x={178} y={52} name="net 0" width={74} height={38} />
      <NetworkBox x={178} y={148} name="net 1" width={74} height={38} />
      <Arrow kind="teach" both from={[178, 72]} to={[178, 128]} />
      <LossTag x={178} y={100}>
        KL
      </LossTag>
      <Label x={204} y={100} anchor="start" tone="accent" small>
        on all images
      </Label>
      <Arrow from={[298, 48]} to={[218, 50]} />
      <Arrow from={[298, 152]} to={[218, 150]} />
      <LossTag x={262} y={50} quiet>
        CE
      </LossTag>
      <LossTag x={262} y={150} quiet>
        CE
      </LossTag>
      <LabelsBox x={310} y={48} />
      <LabelsBox x={310} y={152} />
      <Label x={352} y={76} anchor="end" tone="muted" small>
        labelled only
      </Label>
    </Figure>
  );
}
