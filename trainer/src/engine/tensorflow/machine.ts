import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { inBytes } from '../../fetch/bytes.ts';
import { freeSpace } from '../../free-space.ts';
import { type Card, readCards } from '../cards.ts';
import { FIRST_DRIVERS } from '../cuda-faults.ts';
import { findCuda13, libraryPath } from '../cuda-libraries.ts';
import { EngineError } from '../engine-error.ts';
import type { TensorFlowName } from '../names.ts';
import { isOlder } from '../version-order.ts';
import { whatWorksOn } from '../what-works.ts';

/** What an installation depends on. */
export type Machine = {
  readonly platform: string;
  readonly arch: string;
  /** The version of the GNU C library; absent on systems with another. */
  readonly glibc?: string | undefined;
  /** What `g++ --version` prints; absent where it does not start. */
  readonly compiler?: string | undefined;
  /** Bytes free where engines lie. */
  readonly free: number;
  readonly cards: readonly Card[];
  /** A folder of LD_LIBRARY_PATH with CUDA 13. */
  readonly cuda13?: string | undefined;
};

/** TensorFlow's wheels are for this C library and newer ones (manylinux_2_27). */
const GLIBC = '2.27';
/** The first that knows C++17 in full. */
const COMPILER = '8';
/** TensorFlow names the same. */
const DRIVER = FIRST_DRIVERS['12'];
/** The oldest cards that the wheel has code for. */
const CAPABILITY = '6.0';
/** MiB. CUDA, cuDNN and cuBLAS take some hundred of them before anything is computed; not measured. */
const MEMORY = 2000;

/** What is wrong with a card; none: TensorFlow can use it. */
const faultsOf = ({ name, driver, memory, capability }: Card): string[] => [
  ...(isOlder(driver, DRIVER)
    ? [`the driver ${driver} of ${name} is too old for CUDA 12: install ${DRIVER} or a newer one (one for CUDA 13 is right, too)`]
    : []),
  ...(capability !== undefined && isOlder(capability, CAPABILITY)
    ? [`${name} has compute capability ${capability}, and TensorFlow has code for ${CAPABILITY} and up`]
    : []),
  ...(memory < MEMORY ? [`${name} has ${memory} MiB of memory, and ${MEMORY} are needed`] : []),
];

const lacksOfCards = ({ cards, cuda13 }: Machine): string[] => {
  const path =
    cuda13 === undefined
      ? []
      : [`LD_LIBRARY_PATH leads to CUDA 13 in ${cuda13}, whose libraries would take the place of CUDA 12's: take that folder out of it`];
  if (cards.length === 0) {
    return ['an NVIDIA card and its driver are needed, and nvidia-smi shows none: it has to work in this very shell or container', ...path];
  }
  return [...(cards.some((card) => faultsOf(card).length === 0) ? [] : cards.flatMap(faultsOf)), ...path];
};

/** All that a machine lacks for an engine, each as a sentence; none: it can be installed. */
export const lacksOf = (name: TensorFlowName, needed: number, machine: Machine): string[] => {
  const { platform, arch, glibc, compiler, free } = machine;
  if (platform !== 'linux' || arch !== 'x64')
    return [`it is installed on Linux x64 only, and this is ${platform} ${arch}; ${whatWorksOn(platform)}`];
  const gnu = /(\d+(?:\.\d+)+)\s*$/m.exec(compiler ?? '')?.[1];
  return [
    ...(glibc === undefined
      ? [`TensorFlow needs the GNU C library, which this system (musl?) does not have; ${whatWorksOn(platform)}`]
      : []),
    ...(glibc !== undefined && isOlder(glibc, GLIBC) ? [`the GNU C library here is ${glibc}, and TensorFlow needs ${GLIBC} or newer`] : []),
    ...(compiler === undefined ? ['a C++ compiler is needed, and g++ does not start: on Debian and Ubuntu, apt-get install g++'] : []),
    ...(gnu !== undefined && isOlder(gnu, COMPILER) ? [`g++ here is ${gnu}, and C++17 needs ${COMPILER} or newer`] : []),
    ...(free < needed
      ? [
          `the disk has ${inBytes(free)} free where engines lie, and ${inBytes(needed)} are needed: free some space, or set STUDYHALL_ENGINES to another`,
        ]
      : []),
    ...(name === 'tfjs-node-gpu' ? lacksOfCards(machine) : []),
  ];
};

/** @throws EngineError naming all that is missing at once. */
export const expectMachine = (name: TensorFlowName, needed: number, machine: Machine): void => {
  const lacks = lacksOf(name, needed, machine);
  if (lacks.length > 0) throw new EngineError(`${name} cannot be installed here:\n${lacks.map((line) => `  ${line}`).join('\n')}`);
};

const compilerSays = (): Promise<string | undefined> =>
  new Promise((resolve) => execFile('g++', ['--version'], (error, stdout) => resolve(error ? undefined : stdout.split('\n')[0])));

/** This machine. @param engines the folder in which they are put; it is made */
export const readMachine = async (engines: string): Promise<Machine> => {
  await mkdir(engines, { recursive: true });
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const { platform, arch } = process;
  const [compiler, free, cards] = await Promise.all([compilerSays(), freeSpace(engines), readCards()]);
  return { platform, arch, glibc: header?.glibcVersionRuntime, compiler, free, cards, cuda13: findCuda13(libraryPath()) };
};
