-- Only networks that learn from each other are peers; see NetworkRole in api/schema.graphql.
UPDATE "networks" n SET "role" = 'STUDENT'
FROM "runs" r
WHERE r."id" = n."run_id" AND n."role" = 'PEER' AND r."method" <> 'MUTUAL';
