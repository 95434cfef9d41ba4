-- A job is not a run: log, artifacts and stall limit are the job's, whatever its kind. What runs had of them goes over to their jobs.

ALTER TABLE "jobs"
  ADD COLUMN "payload" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "stall_seconds" DOUBLE PRECISION,
  ADD COLUMN "log_seq" INTEGER NOT NULL DEFAULT 0;
UPDATE "jobs" j
  SET "log_seq" = r."log_seq", "payload" = jsonb_build_object('checkpointEvery', coalesce(r."execution"->'checkpointEvery', '1'))
  FROM "runs" r WHERE r."id" = j."run_id";

-- Drops runs_counters with it.
ALTER TABLE "runs" DROP COLUMN "log_seq";
ALTER TABLE "runs" ADD CONSTRAINT "runs_counters" CHECK ("revision" >= 0);
ALTER TABLE "jobs"
  DROP CONSTRAINT "jobs_kind", DROP CONSTRAINT "jobs_counters",
  -- Each kind has a subject of its own: a run is trained by a TRAIN job, and by no other.
  ADD CONSTRAINT "jobs_kind" CHECK (("kind" = 'TRAIN') = ("run_id" IS NOT NULL)),
  ADD CONSTRAINT "jobs_counters" CHECK ("attempt" >= 0 AND "failures" >= 0 AND "max_failures" BETWEEN 1 AND 20 AND "log_seq" >= 0),
  ADD CONSTRAINT "jobs_payload" CHECK (jsonb_typeof("payload") = 'object'),
  ADD CONSTRAINT "jobs_stall" CHECK ("stall_seconds" > 0);

ALTER TABLE "attempts" ADD COLUMN "claim_id" TEXT;
-- CreateIndex
CREATE UNIQUE INDEX "attempts_trainer_id_claim_id_key" ON "attempts"("trainer_id", "claim_id");

-- Log lines, keyed by job.
ALTER TABLE "log_lines"
  DROP CONSTRAINT "log_lines_run_id_fkey", DROP CONSTRAINT "log_lines_pkey";
DROP INDEX "log_lines_run_id_attempt_key_key";
ALTER TABLE "log_lines" RENAME COLUMN "run_id" TO "job_id";
UPDATE "log_lines" l SET "job_id" = j."id" FROM "jobs" j WHERE j."run_id" = l."job_id";
ALTER TABLE "log_lines"
  ADD CONSTRAINT "log_lines_pkey" PRIMARY KEY ("job_id", "seq"),
  ADD CONSTRAINT "log_lines_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "log_lines_job_id_attempt_key_key" ON "log_lines"("job_id", "attempt", "key");

-- Artifacts, too.
ALTER TABLE "run_artifacts" DROP CONSTRAINT "run_artifacts_run_id_fkey";
DROP INDEX "run_artifacts_run_id_kind_network_key";
ALTER TABLE "run_artifacts" RENAME TO "job_artifacts";
ALTER TABLE "job_artifacts" RENAME COLUMN "run_id" TO "job_id";
UPDATE "job_artifacts" a SET "job_id" = j."id" FROM "jobs" j WHERE j."run_id" = a."job_id";
ALTER TABLE "job_artifacts" RENAME CONSTRAINT "run_artifacts_pkey" TO "job_artifacts_pkey";
ALTER TABLE "job_artifacts" RENAME CONSTRAINT "run_artifacts_sha256_fkey" TO "job_artifacts_sha256_fkey";
ALTER TABLE "job_artifacts" RENAME CONSTRAINT "run_artifacts_epoch" TO "job_artifacts_epoch";
ALTER INDEX "run_artifacts_sha256_idx" RENAME TO "job_artifacts_sha256_idx";
ALTER TABLE "job_artifacts"
  ADD CONSTRAINT "job_artifacts_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "job_artifacts_job_id_kind_network_key" ON "job_artifacts"("job_id", "kind", "network") NULLS NOT DISTINCT;
