-- By hand. Each twin key is looked up once, however many runs of the group have it: run by run, a group of a thousand met itself a million times.
CREATE OR REPLACE FUNCTION board_twins_of(keys text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH own AS MATERIALIZED (
    SELECT DISTINCT n.twin_key FROM runs r JOIN networks n ON n.run_id = r.id WHERE r.group_key = ANY (keys)
  ), cohorts AS MATERIALIZED (
    SELECT DISTINCT r.cohort_twin_key FROM runs r WHERE r.group_key = ANY (keys)
  )
  SELECT x.group_key FROM own JOIN networks t ON t.twin_key = own.twin_key JOIN runs x ON x.id = t.run_id AND x.method = 'INDEPENDENT'
  UNION SELECT x.group_key FROM cohorts c JOIN runs x ON x.cohort_twin_key = c.cohort_twin_key AND x.method = 'INDEPENDENT'
$$;

CREATE OR REPLACE FUNCTION board_concerned(keys text[]) RETURNS SETOF text LANGUAGE sql STABLE AS $$
  WITH own AS MATERIALIZED (
    SELECT DISTINCT n.twin_key FROM runs r JOIN networks n ON n.run_id = r.id WHERE r.group_key = ANY (keys) AND r.method = 'INDEPENDENT'
  ), cohorts AS MATERIALIZED (
    SELECT DISTINCT r.cohort_twin_key FROM runs r WHERE r.group_key = ANY (keys) AND r.method = 'INDEPENDENT'
  )
  SELECT unnest(keys)
  UNION SELECT x.group_key FROM own JOIN networks t ON t.twin_key = own.twin_key JOIN runs x ON x.id = t.run_id
  UNION SELECT x.group_key FROM cohorts c JOIN runs x ON x.cohort_twin_key = c.cohort_twin_key
$$;
