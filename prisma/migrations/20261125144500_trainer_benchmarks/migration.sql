-- What a trainer's engines reached; see TrainerBenchmark in api/schema.graphql.
ALTER TABLE "trainers" ADD COLUMN     "benchmarks" JSONB NOT NULL DEFAULT '[]';
