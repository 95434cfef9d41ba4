-- AlterEnum
ALTER TYPE "artifact_kind" ADD VALUE 'VALIDATION_LOGITS';

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "ensemble_validation_entropy" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "networks" ADD COLUMN     "bias_correction" DOUBLE PRECISION,
ADD COLUMN     "corrected_accuracy" DOUBLE PRECISION,
ADD COLUMN     "corrected_withheld_accuracy" DOUBLE PRECISION,
ADD COLUMN     "test_entropy" DOUBLE PRECISION,
ADD COLUMN     "validation_entropy" DOUBLE PRECISION,
ADD COLUMN     "withheld_accuracy" DOUBLE PRECISION;

-- What Prisma cannot say.

ALTER TABLE "runs"
  ADD CONSTRAINT "runs_ensemble_entropy" CHECK ("ensemble_validation_entropy" >= 0 AND "ensemble_validation_entropy" < 'Infinity');

ALTER TABLE "networks"
  ADD CONSTRAINT "networks_entropies" CHECK (
    "validation_entropy" >= 0 AND "validation_entropy" < 'Infinity' AND "test_entropy" >= 0 AND "test_entropy" < 'Infinity'),
  ADD CONSTRAINT "networks_withheld" CHECK (
    "withheld_accuracy" BETWEEN 0 AND 1 AND "corrected_accuracy" BETWEEN 0 AND 1 AND "corrected_withheld_accuracy" BETWEEN 0 AND 1
    AND abs("bias_correction") < 'Infinity');
