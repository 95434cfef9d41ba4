-- A run that others wait for as their teacher is as urgent as the most urgent of them, and so are its own teachers.
CREATE VIEW "inherited_priorities" AS
WITH RECURSIVE needed(run_id, priority) AS (
  SELECT l.teacher_run_id, j.priority
  FROM jobs j JOIN run_teachers l ON l.run_id = j.run_id
  WHERE j.state = 'BLOCKED' AND l.teacher_run_id IS NOT NULL
  UNION
  SELECT l.teacher_run_id, n.priority
  FROM needed n JOIN run_teachers l ON l.run_id = n.run_id
  WHERE l.teacher_run_id IS NOT NULL
)
SELECT run_id, max(priority) AS priority FROM needed GROUP BY run_id;
