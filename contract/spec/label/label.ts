import { settings as contractSettings } from '../../settings/contract.ts';
import type { Settings } from '../../settings/settings.ts';
import { methodNameOf } from '../method.ts';
import type { NetworkSettings, RunSpec } from '../run-spec.ts';
import { teachersOf, trainedNetworks } from '../teachers.ts';
import { defaultLeaves, differences, type Leaf, leavesOf } from './leaves.ts';
import { shortNumber } from './number.ts';
import { type Part, part, partsOf } from './words.ts';

const short = { INDEPENDENT: 'Independent', DISTILLATION: 'KD', MUTUAL: 'DML', CONFIDENCE_PENALTY: 'Penalty' } as const;

/** An earlier run that teaches: its spec, what it is called, and which of its networks is meant. */
export type EarlierTeacher = { readonly runId: string; readonly network: number; readonly label: string; readonly spec: RunSpec };

export type Labelled = {
  /** The dataset's first view, which goes without saying. */
  readonly firstView: string;
  /** Tells apart what the label has no room for: the start of the group's key. */
  readonly mark: string;
  /** Earlier runs that teach, in the spec's order; of a group that of any seed. */
  readonly earlier?: readonly EarlierTeacher[];
  readonly settings?: Settings;
};

/**
 * What a group is called: `DML · resnet-8 ×2`, `KD · resnet-32 → cnn · T² off · 1,000 images · 300 epochs`.
 *
 * It says, in a fixed order, whatever is not at its default, so that two groups on one dataset never bear the same name, whichever others
 * there are. What would be too long (sixteen networks, forty classes, a number of ten digits) is cut, and `mark` is added.
 */
export function labelOf(spec: RunSpec, { firstView, mark, earlier = [], settings = contractSettings }: Labelled): string {
  const left = [...earlier];
  const teachers = teachersOf(spec).map(({ teacher }) =>
    describeTeacher(spec, teacher, firstView, teacher.trained ? undefined : left.shift(), settings),
  );
  const students = countNames(spec.networks.map((network) => nameOf(network, firstView)));
  const taught = countNames(teachers.map(({ name }) => name));
  const cohort: Part =
    teachers.length > 0 ? { text: `${taught.text} → ${students.text}`, whole: taught.whole && students.whole } : students;
  const usual = [...defaultLeaves(settings, 'DataInput', 'data'), ...defaultLeaves(settings, 'TrainingInput', 'training')];
  const method = leavesOf(settings, 'MethodInput', spec.method, 'method');
  const chosen = new Set(differences(method, []));
  const parts = [
    part(short[methodNameOf(spec)]),
    cohort,
    ...notes(teachers.map(({ note }) => note)),
    ...partsOf(method.filter((leaf) => chosen.has(leaf) || alwaysSaid.has(leaf.path))),
    ...partsOf(differences(recipeOf(settings, spec), usual)),
  ];
  return [...parts.map(({ text }) => text), ...(parts.every(({ whole }) => whole) ? [] : [`#${mark}`])].join(' · ');
}

const recipeOf = (settings: Settings, spec: RunSpec): Leaf[] => [
  ...leavesOf(settings, 'DataInput', spec.data, 'data'),
  ...leavesOf(settings, 'TrainingInput', spec.training, 'training'),
];

/** Said at their defaults, too: a penalty is known by its weight, features by their layer. */
const alwaysSaid: ReadonlySet<string> = new Set(['method.confidencePenalty.weight', 'method.mutual.features.layer']);

type Described = { name: Part; note: Part | null };

/** A teacher before the arrow, and what is not as usual about it. Usual is an earlier network trained alone, on the student's data and by its recipe. */
function describeTeacher(
  spec: RunSpec,
  { run, trained }: ReturnType<typeof teachersOf>[number]['teacher'],
  firstView: string,
  earlier: EarlierTeacher | undefined,
  settings: Settings,
): Described {
  if (trained) {
    const own = trained.epochs === null ? '' : ` for ${trained.epochs} epochs`;
    return { name: nameOf(trained.network, firstView), note: part(`trained within${own}`) };
  }
  if (!earlier) return { name: { text: 'teacher', whole: false }, note: null };
  const network = trainedNetworks(earlier.spec)[earlier.network]?.network;
  const name = network ? nameOf(network, firstView) : { text: 'teacher', whole: false };
  const once = run ? [part(`run ${run.runId.slice(-6)}`)] : [];
  const { method, networks } = earlier.spec;
  const others: Part[] =
    method.independent && networks.length === 1
      ? partsOf(
          differences(
            [...leavesOf(settings, 'MethodInput', method, 'method'), ...recipeOf(settings, earlier.spec)],
            recipeOf(settings, spec),
          ),
        )
      : [part(`(${earlier.label}${earlier.network > 0 ? `, network ${earlier.network}` : ''})`)];
  const all = [...once, ...others];
  return { name, note: all.length > 0 ? { text: all.map(({ text }) => text).join(', '), whole: all.every(({ whole }) => whole) } : null };
}

/** `teacher trained within`; of several teachers each by its number, unless the same holds for all. */
function notes(all: readonly (Part | null)[]): Part[] {
  const [first] = all;
  if (!first && all.every((note) => note === null)) return [];
  const same = all.every((note) => note?.text === first?.text);
  if (same && first) return [{ ...first, text: `${all.length > 1 ? 'teachers' : 'teacher'} ${first.text}` }];
  return all.flatMap((note, place) => (note ? [{ ...note, text: `teacher ${place + 1} ${note.text}` }] : []));
}

/** `wrn-16-2 (depth, dropout 0.3)` */
function nameOf({ model, view, dropout }: NetworkSettings, firstView: string): Part {
  const number = shortNumber(dropout);
  const more = [...(view === null || view === firstView ? [] : [view]), ...(dropout > 0 ? [`dropout ${number.text}`] : [])];
  return { text: more.length > 0 ? `${model} (${more.join(', ')})` : model, whole: number.whole };
}

/** Neighbours of one name that a label names. */
const mostNames = 4;

/** `cnn ×2 + resnet-8`, in the order of the cohort; of many different ones the first few, and how many more networks there are. */
function countNames(names: readonly Part[]): Part {
  const runs: { text: string; count: number }[] = [];
  for (const { text } of names) {
    const last = runs.at(-1);
    if (last?.text === text) last.count++;
    else runs.push({ text, count: 1 });
  }
  const named = runs.slice(0, mostNames);
  const others = names.length - named.reduce((sum, { count }) => sum + count, 0);
  const parts = named.map(({ text, count }) => (count > 1 ? `${text} ×${count}` : text));
  return {
    text: [...parts, ...(others > 0 ? [`${others} more`] : [])].join(' + '),
    whole: others === 0 && names.every(({ whole }) => whole),
  };
}
