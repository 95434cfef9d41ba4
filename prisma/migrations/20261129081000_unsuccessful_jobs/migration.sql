-- By hand. What a page of the leaderboard counts: among many runs, few.
CREATE INDEX "jobs_unsuccessful" ON "jobs" ("run_id") WHERE "state" <> 'SUCCEEDED' AND "run_id" IS NOT NULL;
