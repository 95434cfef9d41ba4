import { Arrow } from './arrow.tsx';
import { DataBox, LabelsBox, LossTag, NetworkBox, OutputBars } from './boxes.tsx';
import { Figure } from './figure.tsx';
import { Label } from './label.tsx';

const soft = [0.55, 0.32, 0.2, 0.42, 0.12];
const sharp = [0.9, 0.14, 0.06, 0.2, 0.04];

/** A frozen teacher and a student on the same images. */
export function DistillationFigure() {
  return (
    <Figure
      title="Distillation"
      description="The same images go to a frozen teacher and to a student. Both outputs are softened by the temperature T; the student learns from the teacher's output and from the labels y."
    >
      <DataBox x={38} y={100} name="images" />
      <Arrow from={[68, 92]} to={[103, 52]} />
      <Arrow from={[68, 108]} to={[103, 148]} />
      <NetworkBox x={148} y={46} name="teacher" about="frozen" width={92} height={46} frozen />
      <NetworkBox x={148} y={152} name="student" width={72} height={34} />
      <Arrow from={[194, 46]} to={[226, 46]} />
      <Arrow from={[184, 152]} to={[226, 152]} />
      <OutputBars x={246} y={40} values={soft} />
      <OutputBars x={246} y={148} values={[0.5, 0.36, 0.16, 0.36, 0.2]} />
      <Label x={268} y={42} anchor="start" tone="muted" small>
        p_t^T
      </Label>
      <Arrow kind="teach" from={[246, 62]} to={[246, 130]} />
      <LossTag x={246} y={96}>
        a·T²·KL
      </LossTag>
      <Arrow from={[322, 150]} to={[268, 150]} />
      <LossTag x={304} y={128} quiet>
        (1 − a)·CE
      </LossTag>
      <LabelsBox x={334} y={150} />
    </Figure>
  );
}

/** A transfer set without one class, and a teacher whose outputs still know it. */
export function SoftLabelsFigure() {
  return (
    <Figure
      title="Soft labels, and a class left out"
      description="The student's images hold every class but one. The teacher, which knows all of them, gives the missing class some probability on images of similar classes, and the student learns it from there."
    >
      {['0', '1', '2', '3', '4'].map((digit, index) => (
        <g key={digit}>
          <rect
            x="12"
            y={22 + index * 30}
            width="30"
            height="26"
            rx="1.5"
            strokeDasharray={index === 3 ? '3 2.5' : undefined}
            className="fill-paper stroke-line-strong"
          />
          <Label x={27} y={35 + index * 30} tone={index === 3 ? 'muted' : 'ink'}>
            {index === 3 ? '–' : digit}
          </Label>
        </g>
      ))}
      <Label x={12} y={186} anchor="start" tone="muted" small>
        no image of 3 among the student’s
      </Label>
      <Arrow from={[48, 88]} to={[94, 52]} />
      <Arrow from={[48, 106]} to={[94, 138]} />
      <NetworkBox x={138} y={46} name="teacher" about="knows all" width={84} height={42} frozen />
      <NetworkBox x={138} y={142} name="student" width={72} height={34} />
      <Arrow from={[180, 46]} to={[216, 46]} />
      <Arrow from={[174, 142]} to={[216, 142]} />
      <OutputBars x={240} y={40} values={[0.1, 0.14, 0.6, 0.36, 0.12]} marked={3} />
      <OutputBars x={240} y={136} values={[0.12, 0.12, 0.56, 0.3, 0.12]} marked={3} />
      <Label x={262} y={36} anchor="start" tone="accent" small>
        a 2 that is
      </Label>
      <Label x={262} y={50} anchor="start" tone="accent" small>
        a little 3
      </Label>
      <Arrow kind="teach" from={[240, 62]} to={[240, 118]} />
      <LossTag x={240} y={90}>
        T²·KL
      </LossTag>
      <Label x={262} y={140} anchor="start" tone="accent" small>
        learns 3, unseen
      </Label>
    </Figure>
  );
}

/** A teacher on one view of the samples, students on another. */
export function CrossModalFigure() {
  return (
    <Figure
      title="Cross-modal distillation"
      description="A teacher trained on view A of the samples, with labels, is frozen. Students see view B of the same samples, without labels: each learns from the teacher and from the other students."
    >
      <DataBox x={42} y={44} name="view A" about="labelled" width={66} />
      <DataBox x={42} y={146} name="view B" about="no labels" width={66} unlabelled />
      <path d="M42 70V120" fill="none" strokeDasharray="2 3" className="stroke-line-strong" />
      <Label x={48} y={95} anchor="start" tone="muted" small>
        same samples
      </Label>
      <Arrow from={[80, 44]} to={[142, 44]} />
      <NetworkBox x={188} y={44} name="teacher" about="on A, frozen" width={90} height={42} frozen />
      <Arrow from={[80, 138]} to={[142, 132]} />
      <Arrow from={[80, 154]} to={[252, 172]} bend={-10} />
      <NetworkBox x={186} y={132} name="student 1" about="on B" width={84} height={38} />
      <NetworkBox x={296} y={158} name="student 2" about="on B" width={84} height={38} />
      <Arrow kind="teach" from={[186, 66]} to={[186, 112]} />
      <Arrow kind="teach" from={[232, 52]} to={[296, 138]} bend={14} />
      <LossTag x={186} y={88}>
        KL or CE
      </LossTag>
      <LossTag x={290} y={82}>
        KL or CE
      </LossTag>
      <Arrow kind="teach" both from={[229, 126]} to={[272, 138]} bend={4} />
    </Figure>
  );
}

/** Where the entropy term acts, beside what a peer does. */
export function ConfidencePenaltyFigure() {
  return (
    <Figure
      title="Confidence penalty beside mutual learning"
      description="Above: one network alone, its loss lowered by beta times the entropy of its output, so that it stays less sure. Below: two networks whose outputs are held to each other. Both are compared with independent training."
    >
      <NetworkBox x={62} y={46} name="network" width={76} height={36} />
      <Arrow from={[100, 46]} to={[136, 46]} />
      <OutputBars x={158} y={42} values={sharp} />
      <Arrow kind="teach" from={[182, 46]} to={[216, 46]} />
      <OutputBars x={238} y={42} values={soft} />
      <LossTag x={310} y={46}>
        CE − β·H(p)
      </LossTag>
      <line x1="16" x2="344" y1="92" y2="92" className="stroke-line" />
      <NetworkBox x={62} y={126} name="net 0" width={76} height={30} />
      <NetworkBox x={62} y={172} name="net 1" width={76} height={30} />
      <Arrow from={[100, 126]} to={[136, 126]} />
      <Arrow from={[100, 172]} to={[136, 172]} />
      <OutputBars x={158} y={122} values={[0.7, 0.24, 0.1, 0.3, 0.08]} />
      <OutputBars x={158} y={168} values={[0.66, 0.3, 0.14, 0.22, 0.1]} />
      <Arrow kind="teach" both from={[186, 128]} to={[186, 174]} bend={8} />
      <LossTag x={264} y={150}>
        CE + KL(peer ‖ own)
      </LossTag>
    </Figure>
  );
}
