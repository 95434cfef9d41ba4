import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import type { AnalysisJob } from '../../analysis/analyse.ts';
import type { NetworkFile } from '../../analysis/read-analysed.ts';
import { ArtifactUnusable } from '../../client/artifacts.ts';
import { FinishJobDocument, RenewLeaseDocument } from '../../client/generated/graphql.ts';
import type { Claim } from '../claim.ts';
import type { Kind } from '../kind.ts';

type AnalyseResult = { analysis: AnalysisResult };

/** Weights of the networks that are asked about. */
type AnalyseInputs = { networks: NetworkFile[] };

/** Analysing networks, as the daemon sees it. There are no parts: what was interrupted begins anew. */
export const analyse: Kind<object, AnalyseResult, AnalyseInputs> = {
  doing: 'analysing',

  subject(claim) {
    const { analysisId, question } = analysisOf(claim);
    return { what: analysisId, which: Object.keys(question as object).join() };
  },

  async inputs(claim, fetch) {
    const networks: NetworkFile[] = [];
    for (const { label, reference, sha256, probeEntropies } of analysisOf(claim).networks) {
      const path = await fetch(sha256).catch((error: unknown) => {
        if (!(error instanceof ArtifactUnusable)) throw error;
        throw new ArtifactUnusable(`The weights of ${label} cannot be had: ${error.message}`);
      });
      networks.push({ label, path, reference, probeEntropies });
    }
    return { networks };
  },

  job(claim, { networks }): AnalysisJob {
    const { question, dataset, datasetHash } = analysisOf(claim);
    return { question, dataset, datasetHash, networks };
  },

  rows: () => 0,

  merge: (_earlier, later) => later,

  async send(api, lease) {
    return (await api.request(RenewLeaseDocument, { input: { lease } })).renewLease;
  },

  async finish(api, lease, { analysis }) {
    await api.request(FinishJobDocument, { input: { lease, networks: [], artifacts: [], analysis } });
  },
};

function analysisOf({ jobId, analyse: analysis }: Claim): NonNullable<Claim['analyse']> {
  if (!analysis) throw new Error(`the API names no analysis for job ${jobId}, which is to make one`);
  return analysis;
}
