-- CreateEnum
CREATE TYPE "analysis_kind" AS ENUM ('GENERALISATION', 'FLATNESS', 'ENTROPY', 'EQUIVALENT_TEMPERATURE', 'PAIRS', 'EMBEDDING');

-- AlterEnum
ALTER TYPE "job_kind" ADD VALUE 'ANALYSE';

-- CreateTable
CREATE TABLE "analyses" (
    "id" TEXT NOT NULL,
    "kind" "analysis_kind" NOT NULL,
    "question" JSONB NOT NULL,
    "identity" TEXT NOT NULL,
    "dataset_id" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "result" JSONB,

    CONSTRAINT "analyses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "analysed_networks" (
    "analysis_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "reference" BOOLEAN NOT NULL DEFAULT false,
    "run_id" TEXT,
    "network" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "analysed_networks_pkey" PRIMARY KEY ("analysis_id","position")
);

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN "analysis_id" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "analyses_identity_key" ON "analyses"("identity");

-- CreateIndex
CREATE INDEX "analyses_dataset_id_idx" ON "analyses"("dataset_id");

-- CreateIndex
CREATE INDEX "analysed_networks_run_id_idx" ON "analysed_networks"("run_id");

-- CreateIndex
CREATE INDEX "analysed_networks_sha256_idx" ON "analysed_networks"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "jobs_analysis_id_key" ON "jobs"("analysis_id");

-- AddForeignKey
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "datasets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analysed_networks" ADD CONSTRAINT "analysed_networks_analysis_id_fkey" FOREIGN KEY ("analysis_id") REFERENCES "analyses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analysed_networks" ADD CONSTRAINT "analysed_networks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_analysis_id_fkey" FOREIGN KEY ("analysis_id") REFERENCES "analyses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand. Every kind has a subject of its own, and no other's. A value that was just added cannot be named here: there are two.
ALTER TABLE "jobs"
  DROP CONSTRAINT "jobs_kind",
  ADD CONSTRAINT "jobs_kind" CHECK (("kind" = 'TRAIN') = ("run_id" IS NOT NULL) AND ("kind" = 'TRAIN') = ("analysis_id" IS NULL));
ALTER TABLE "analyses"
  ADD CONSTRAINT "analyses_json" CHECK (jsonb_typeof("question") = 'object' AND ("result" IS NULL OR jsonb_typeof("result") = 'object'));
ALTER TABLE "analysed_networks" ADD CONSTRAINT "analysed_networks_places" CHECK ("position" >= 0 AND "network" >= 0);
