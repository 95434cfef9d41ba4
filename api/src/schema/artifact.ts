import { artifactPath } from '../artifacts/path.ts';
import { builder } from '../builder.ts';
import { ArtifactKind, LogLevel } from './enums.ts';

export const RunArtifact = builder.prismaObject('JobArtifact', {
  name: 'RunArtifact',
  fields: (t) => ({
    kind: t.expose('kind', { type: ArtifactKind }),
    network: t.exposeInt('network', { nullable: true }),
    epoch: t.exposeInt('epoch'),
    sha256: t.exposeString('sha256'),
    bytes: t.float({ select: { artifact: { select: { bytes: true } } }, resolve: ({ artifact }) => Number(artifact.bytes) }),
    path: t.string({ description: 'Path on this host, for GET.', resolve: ({ sha256 }) => artifactPath(sha256) }),
  }),
});

export const LogLine = builder.prismaObject('LogLine', {
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: 'Rises within the run; a cursor.' }),
    at: t.expose('at', { type: 'DateTime' }),
    level: t.expose('level', { type: LogLevel }),
    attempt: t.exposeInt('attempt'),
    text: t.exposeString('text'),
  }),
});
