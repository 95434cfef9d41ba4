-- AlterEnum
ALTER TYPE "method" ADD VALUE 'CONFIDENCE_PENALTY';

-- CreateTable
CREATE TABLE "run_teachers" (
    "run_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "teacher_run_id" TEXT,
    "network" INTEGER NOT NULL,

    CONSTRAINT "run_teachers_pkey" PRIMARY KEY ("run_id","position")
);

-- CreateIndex
CREATE INDEX "run_teachers_teacher_run_id_idx" ON "run_teachers"("teacher_run_id");

-- AddForeignKey
ALTER TABLE "run_teachers" ADD CONSTRAINT "run_teachers_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_teachers" ADD CONSTRAINT "run_teachers_teacher_run_id_fkey" FOREIGN KEY ("teacher_run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A cohort of 16 and the 8 teachers that may be trained with it.
ALTER TABLE "networks" DROP CONSTRAINT "networks_index", ADD CONSTRAINT "networks_index" CHECK ("index" BETWEEN 0 AND 23);
ALTER TABLE "epoch_metrics" DROP CONSTRAINT "epoch_metrics_place",
  ADD CONSTRAINT "epoch_metrics_place" CHECK ("epoch" >= 1 AND "network" BETWEEN 0 AND 23);

ALTER TABLE "run_teachers"
  ADD CONSTRAINT "run_teachers_place" CHECK ("position" BETWEEN 0 AND 7 AND "network" BETWEEN 0 AND 23),
  ADD CONSTRAINT "run_teachers_other" CHECK ("teacher_run_id" <> "run_id");

-- The one teacher that a run had so far; of those whose teacher was deleted, the spec still says that there was one.
INSERT INTO "run_teachers" ("run_id", "position", "teacher_run_id", "network")
SELECT r."id", 0, r."teacher_run_id", coalesce(r."teacher_network", 0)
FROM "runs" r
WHERE r."teacher_run_id" IS NOT NULL
  OR r."spec" #> '{method,distillation,teacher,run}' IS NOT NULL
  OR r."spec" #> '{method,distillation,teacher,group}' IS NOT NULL;

UPDATE "runs"
SET "spec" = jsonb_set(
  "spec" #- '{method,distillation,teacher}',
  '{method,distillation,teachers}',
  jsonb_build_array("spec" #> '{method,distillation,teacher}'))
WHERE "spec" #> '{method,distillation,teacher}' IS NOT NULL;

-- With the columns goes the check that a run does not teach itself.
ALTER TABLE "runs" DROP COLUMN "teacher_run_id", DROP COLUMN "teacher_network";
