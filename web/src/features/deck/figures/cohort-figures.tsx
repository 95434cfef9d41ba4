import { Arrow } from './arrow.tsx';
import { LossTag, NetworkBox, OutputBars } from './boxes.tsx';
import { Figure } from './figure.tsx';
import { Label } from './label.tsx';

const outputs = [
  [0.6, 0.22, 0.16, 0.3, 0.1],
  [0.5, 0.34, 0.12, 0.24, 0.2],
  [0.64, 0.14, 0.26, 0.2, 0.14],
] as const;

const rows = [40, 100, 160];

function Peers() {
  return rows.map((y, index) => (
    <g key={y}>
      <NetworkBox x={48} y={y} name={`net ${index + 2}`} width={66} height={34} />
      <Arrow from={[82, y]} to={[104, y]} />
      <OutputBars x={124} y={y - 2} values={outputs[index] ?? outputs[0]} />
    </g>
  ));
}

/** Every peer teaches by itself; the divergences are averaged. */
export function CohortPairwiseFigure() {
  return (
    <Figure
      title="Cohort, strategy 1"
      description="Net 0 learns from each of its peers: one divergence per peer, and their mean. Every network of the cohort does the same."
    >
      <Peers />
      {rows.map((y) => (
        <Arrow key={y} kind="teach" from={[146, y]} to={[284, y === 40 ? 88 : y === 160 ? 112 : 100]} />
      ))}
      {rows.map((y) => (
        <LossTag key={y} x={208} y={y === 40 ? 63 : y === 160 ? 137 : 100}>
          KL
        </LossTag>
      ))}
      <NetworkBox x={318} y={100} name="net 0" width={66} height={40} updated />
      <Label x={318} y={138} tone="muted" small>
        the mean of
      </Label>
      <Label x={318} y={151} tone="muted" small>
        three KL
      </Label>
    </Figure>
  );
}

/** The peers' probabilities are averaged first; one divergence. */
export function CohortEnsembleFigure() {
  return (
    <Figure
      title="Cohort, strategy 2"
      description="The outputs of net 0's peers are averaged, and net 0 learns from the average: one divergence. Every network of the cohort does the same."
    >
      <Peers />
      {rows.map((y) => (
        <Arrow key={y} from={[146, y]} to={[178, y === 40 ? 84 : y === 160 ? 112 : 98]} />
      ))}
      <OutputBars x={204} y={96} values={[0.58, 0.23, 0.18, 0.25, 0.15]} name="mean p_j" />
      <Arrow kind="teach" from={[226, 100]} to={[284, 100]} />
      <LossTag x={253} y={78}>
        KL
      </LossTag>
      <NetworkBox x={318} y={100} name="net 0" width={66} height={40} updated />
      <Label x={318} y={138} tone="muted" small>
        one KL
      </Label>
    </Figure>
  );
}

/** K networks that learn from each other, one by one and as an ensemble. */
export function CohortSizeFigure() {
  const centre = [92, 102] as const;
  const places = [0, 1, 2, 3, 4].map((index) => {
    const angle = -Math.PI / 2 + (index * 2 * Math.PI) / 5;
    return [centre[0] + 68 * Math.cos(angle), centre[1] + 72 * Math.sin(angle)] as const;
  });
  return (
    <Figure
      title="Cohorts of one to five networks"
      description="K networks learn from each other, K from one to five. Read are the accuracy of a single network and of the ensemble that averages all outputs."
    >
      {places.flatMap(([x1, y1], index) =>
        places
          .slice(index + 1)
          .map(([x2, y2]) => (
            <line key={`${x1} ${x2} ${y2}`} x1={x1} y1={y1} x2={x2} y2={y2} className="stroke-accent" strokeWidth="1" opacity="0.55" />
          )),
      )}
      {places.map(([x, y], index) => (
        <NetworkBox key={`${x}`} x={x} y={y} name={`${index}`} width={36} height={26} />
      ))}
      <Label x={92} y={102} tone="muted" small>
        KL
      </Label>
      <Arrow from={[184, 62]} to={[226, 50]} />
      <OutputBars x={250} y={46} values={outputs[0]} />
      <Label x={276} y={50} anchor="start" small>
        one network
      </Label>
      <Arrow from={[184, 140]} to={[226, 150]} />
      <OutputBars x={250} y={146} values={[0.58, 0.23, 0.18, 0.25, 0.15]} />
      <Label x={276} y={144} anchor="start" small>
        all of them:
      </Label>
      <Label x={276} y={158} anchor="start" small>
        mean p
      </Label>
    </Figure>
  );
}
