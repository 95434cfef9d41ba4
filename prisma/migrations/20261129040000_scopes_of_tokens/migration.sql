-- CreateEnum
CREATE TYPE "role" AS ENUM ('VIEWER', 'MEMBER', 'ADMIN');

-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "scope" "role";

-- By hand.
-- Who has the key of the home owns the machine; what they handed out to others was for scheduling.
UPDATE "tokens" SET "scope" = CASE WHEN "created_by" IS NULL THEN 'ADMIN'::"role" ELSE 'MEMBER'::"role" END WHERE "role" = 'PERSON';
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_scope" CHECK (("role" = 'PERSON') = ("scope" IS NOT NULL));
