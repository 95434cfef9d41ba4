import { Prisma, type Tx } from '../db.ts';
import { newId } from '../ids.ts';

export type ArtifactKind = 'RESUME_STATE' | 'SELECTED_WEIGHTS' | 'FINAL_WEIGHTS' | 'TEST_LOGITS' | 'VALIDATION_LOGITS';

export type JobFile = {
  kind: ArtifactKind;
  network?: number | null | undefined;
  epoch: number;
  teacherEpoch?: number | null | undefined;
  sha256: string;
};

/** Which of these have been uploaded. They are touched, so that the collector leaves them alone for a while. */
export async function touchUploaded(tx: Tx, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>(Prisma.sql`
    UPDATE artifacts SET touched_at = now() WHERE sha256 = ANY (${[...hashes]}) RETURNING sha256`);
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Makes files the job's own; one of the same kind and network is replaced (its bytes are collected later). */
export async function attachFiles(tx: Tx, jobId: string, attempt: number, files: readonly JobFile[]): Promise<void> {
  if (files.length === 0) return;
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO job_artifacts (id, job_id, attempt, kind, network, epoch, teacher_epoch, sha256)
    SELECT r.id, ${jobId}, ${attempt}, r.kind::artifact_kind, r.network, r.epoch, r.teacher_epoch, r.sha256
    FROM unnest(${files.map(() => newId('JobArtifact'))}::text[], ${files.map((file) => file.kind)}::text[],
      ${files.map((file) => file.network ?? null)}::int[], ${files.map((file) => file.epoch)}::int[],
      ${files.map((file) => file.teacherEpoch ?? null)}::int[], ${files.map((file) => file.sha256)}::text[])
      AS r(id, kind, network, epoch, teacher_epoch, sha256)
    ON CONFLICT (job_id, kind, network) DO UPDATE SET
      attempt = excluded.attempt, epoch = excluded.epoch, teacher_epoch = excluded.teacher_epoch, sha256 = excluded.sha256,
      created_at = now()`);
}

/** Drops the state a job would resume from. */
export async function dropResumeState(tx: Tx, jobId: string): Promise<void> {
  await tx.$executeRaw(Prisma.sql`DELETE FROM job_artifacts WHERE job_id = ${jobId} AND kind = 'RESUME_STATE'`);
}

/** Records a file that is in place; one that is known is touched. Waits for a collection that is removing it. */
export async function recordArtifact(tx: Tx, sha256: string, bytes: number, tokenId: string): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO artifacts (sha256, bytes, token_id) VALUES (${sha256}, ${bytes}, ${tokenId}) ON CONFLICT (sha256) DO UPDATE SET touched_at = now()`);
}

/** What no job refers to and nobody has touched for a while. */
const unused = (minutes: number) => Prisma.sql`
  a.touched_at < now() - make_interval(mins => ${minutes}) AND NOT EXISTS (SELECT FROM job_artifacts r WHERE r.sha256 = a.sha256)`;

/** Hashes of what is unused, in their order from behind one of them. */
export async function findUnused(tx: Tx, minutes: number, after: string, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>(Prisma.sql`
    SELECT a.sha256 FROM artifacts a WHERE a.sha256 > ${after} AND ${unused(minutes)} ORDER BY a.sha256 LIMIT ${limit}`);
  return rows.map(({ sha256 }) => sha256);
}

/** Forgets those of them that are still unused; whoever is writing to one at this moment uses it. @returns their hashes. */
export async function forgetUnused(tx: Tx, minutes: number, hashes: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>(Prisma.sql`
    DELETE FROM artifacts WHERE sha256 IN (
      SELECT a.sha256 FROM artifacts a WHERE a.sha256 = ANY (${[...hashes]}) AND ${unused(minutes)} FOR UPDATE SKIP LOCKED)
    RETURNING sha256`);
  return rows.map(({ sha256 }) => sha256);
}

/** Which of these there are. */
export async function findKnown(tx: Tx, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.artifact.findMany({ where: { sha256: { in: [...hashes] } }, select: { sha256: true } });
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** The files of one kind of runs' networks. */
export async function findFiles(
  db: Pick<Tx, '$queryRaw'>,
  kind: ArtifactKind,
  runIds: readonly string[],
): Promise<{ runId: string; network: number | null; sha256: string }[]> {
  return db.$queryRaw(Prisma.sql`
    SELECT j.run_id AS "runId", a.network, a.sha256 FROM job_artifacts a JOIN jobs j ON j.id = a.job_id
    WHERE a.kind = ${kind}::artifact_kind AND j.run_id = ANY (${[...runIds]})`);
}
