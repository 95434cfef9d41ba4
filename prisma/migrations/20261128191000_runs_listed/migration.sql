-- By hand. A page of the runs list is read from where it stands: what is under way or waits, which is little beside what has ended; what has
-- ended by when it did; and what has a validation accuracy by the best of its networks. None of these columns changes with a commit.
CREATE INDEX "jobs_unfinished" ON "jobs" ("state") WHERE "state" IN ('BLOCKED', 'QUEUED', 'RUNNING');
CREATE INDEX "jobs_finished_at" ON "jobs" ("finished_at") WHERE "finished_at" IS NOT NULL;
CREATE INDEX "networks_validation_accuracy" ON "networks" ("validation_accuracy") WHERE "role" <> 'TEACHER' AND "validation_accuracy" IS NOT NULL;
-- How many there are is counted by few distinct values, which an index holds once each, and without the rows.
CREATE INDEX "runs_shown" ON "runs" ("dataset_id", "method") WHERE "archived_at" IS NULL;
ALTER TABLE "runs" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
