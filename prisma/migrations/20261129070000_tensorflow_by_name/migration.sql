-- AlterEnum
-- By hand: each beside the engine that it resembles. No statement here may use them: Postgres knows new values only after the transaction.
ALTER TYPE "engine_choice" ADD VALUE 'TFJS_NODE' BEFORE 'REFERENCE';
ALTER TYPE "engine_choice" ADD VALUE 'TFJS_NODE_GPU' BEFORE 'REFERENCE';
