import type { RunLiveFragment } from '@/generated/graphql.ts';
import { basePath } from '@/lib/base-path.ts';
import { bytes, wholeNumber } from '@/lib/format/number.ts';
import { Cut } from '@/ui/cut.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';

type Artifact = RunLiveFragment['artifacts'][number];

const names: Record<Artifact['kind'], string> = {
  RESUME_STATE: 'Resume state',
  SELECTED_WEIGHTS: 'Selected weights',
  FINAL_WEIGHTS: 'Final weights',
  TEST_LOGITS: 'Test logits',
  VALIDATION_LOGITS: 'Validation logits',
};

/** Files of the run, to download. */
export function RunArtifacts({ artifacts, ended }: { artifacts: readonly Artifact[]; ended: boolean }) {
  return (
    <section aria-labelledby="files">
      <SectionTitle id="files">Checkpoints and files</SectionTitle>
      {artifacts.length === 0 ? (
        <p className="pt-2 text-[0.8125rem] text-muted">
          {ended ? 'None.' : 'None yet. The first checkpoint comes with the first committed epoch.'}
        </p>
      ) : null}
      <ul>
        {artifacts.map((artifact) => (
          <li
            key={`${artifact.kind} ${artifact.network} ${artifact.epoch} ${artifact.sha256}`}
            className="flex items-baseline justify-between gap-3 border-b border-line py-1.5 text-[0.8125rem]"
          >
            <a
              href={`${basePath}${artifact.path}`}
              download={`${artifact.kind.toLowerCase()}${artifact.network === null ? '' : `-${artifact.network}`}-epoch-${artifact.epoch}.safetensors`}
              className="target link min-w-0"
            >
              <Cut text={`${names[artifact.kind]}${artifact.network === null ? '' : `, network ${artifact.network}`}`} />
            </a>
            <span className="text-xs whitespace-nowrap text-muted" title={artifact.sha256}>
              epoch {wholeNumber(artifact.epoch)} · {bytes(artifact.bytes)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
