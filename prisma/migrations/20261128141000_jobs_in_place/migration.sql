-- By hand. Every commit and renewal moves a lease's end: indexed, each of them wrote a new entry into every index of the row. Running jobs are
-- few, and jobs_trainer holds just these; room is left in each page, so that a row's next version lies beside it.
DROP INDEX "jobs_leases";
ALTER TABLE "jobs" SET (fillfactor = 60);
ALTER TABLE "runs" SET (fillfactor = 80);
ALTER TABLE "trainers" SET (fillfactor = 60);
