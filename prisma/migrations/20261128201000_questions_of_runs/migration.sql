-- AlterTable
ALTER TABLE "runs" ADD COLUMN "questions" JSONB NOT NULL DEFAULT '[]';

-- By hand.
ALTER TABLE "runs" ADD CONSTRAINT "runs_questions" CHECK (jsonb_typeof("questions") = 'array');
