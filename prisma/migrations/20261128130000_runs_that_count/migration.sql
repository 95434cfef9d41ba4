-- By hand. Of several runs of a group with one seed, which one counts: one definition for whoever asks.
-- Not an archived one, if there is another; then by how far it has come; of those that are equally far the last to have finished, else
-- the last that was scheduled (ids rise).
CREATE VIEW "seed_runs" AS
SELECT r."id" AS "run_id", r."group_key", r."seed", r."archived_at" IS NOT NULL AS "archived", j."state", j."finished_at",
  row_number() OVER (
    PARTITION BY r."group_key", r."seed"
    ORDER BY r."archived_at" IS NOT NULL,
      CASE j."state" WHEN 'SUCCEEDED' THEN 0 WHEN 'RUNNING' THEN 1 WHEN 'QUEUED' THEN 2 WHEN 'BLOCKED' THEN 3 ELSE 4 END,
      j."finished_at" DESC NULLS LAST, r."id" DESC
  ) AS "place"
FROM "runs" r JOIN "jobs" j ON j."run_id" = r."id";

-- The run of a group and seed that counts: at most one, neither archived nor failed or cancelled.
CREATE VIEW "counting_runs" AS
SELECT "run_id", "group_key", "seed", "state", "finished_at" FROM "seed_runs"
WHERE "place" = 1 AND NOT "archived" AND "state" NOT IN ('FAILED', 'CANCELLED');
