-- CreateTable
CREATE TABLE "board_versions" (
    "group_key" TEXT NOT NULL,
    "version" BIGINT NOT NULL,

    CONSTRAINT "board_versions_pkey" PRIMARY KEY ("group_key")
);

-- AddForeignKey
ALTER TABLE "board_versions" ADD CONSTRAINT "board_versions_group_key_fkey" FOREIGN KEY ("group_key") REFERENCES "board_groups"("group_key") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand. Does what it did, and notes by which transaction the rows were written: no two write the same group under one number.
CREATE OR REPLACE FUNCTION board_rewrite(changed text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  concerned CONSTANT text[] := ARRAY(SELECT board_concerned(changed));
  lock int;
BEGIN
  -- Many at once take the board: Postgres has room for some thousand locks.
  IF cardinality(concerned) > 500 THEN
    PERFORM pg_advisory_xact_lock(72707370);
  ELSE
    PERFORM pg_advisory_xact_lock_shared(72707370);
    FOR lock IN SELECT DISTINCT hashtext(k) FROM unnest(concerned) k ORDER BY 1 LOOP
      PERFORM pg_advisory_xact_lock(72707370, lock);
    END LOOP;
  END IF;
  PERFORM board_write(concerned);
  INSERT INTO board_versions AS v (group_key, version)
  SELECT g.group_key, txid_current() FROM board_groups g WHERE g.group_key = ANY (concerned)
  ON CONFLICT (group_key) DO UPDATE SET version = excluded.version;
  PERFORM board_announce(concerned);
END
$$;

INSERT INTO board_versions (group_key, version) SELECT group_key, txid_current() FROM board_groups;
