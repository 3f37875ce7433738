-- What analytics need of verdicts, as compact rows; and which grades may have changed since when.

-- What a verdict says without its words: equal for very many answers, so kept once. `signature` is
-- how a wrong answer is told from others: the checks it failed and the codes of its findings.
CREATE TABLE verdict_shapes (
  place INTEGER PRIMARY KEY,
  shape TEXT NOT NULL UNIQUE,
  signature TEXT NOT NULL
) STRICT;

CREATE TABLE shape_checks (
  shape INTEGER NOT NULL REFERENCES verdict_shapes (place),
  name TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('passed', 'failed', 'skipped')),
  points REAL NOT NULL,
  maximum REAL NOT NULL,
  PRIMARY KEY (shape, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE shape_findings (
  shape INTEGER NOT NULL REFERENCES verdict_shapes (place),
  code TEXT NOT NULL,
  PRIMARY KEY (shape, code)
) STRICT, WITHOUT ROWID;

-- One row a submission that was judged, in the order in which analytics read them. `at` is in
-- milliseconds since 1970; `variant` is not known of answers older than this table.
CREATE TABLE judged_answers (
  course INTEGER NOT NULL REFERENCES courses (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  part TEXT NOT NULL,
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  submission INTEGER NOT NULL REFERENCES submissions (place),
  attempt INTEGER,
  points REAL NOT NULL,
  maximum REAL NOT NULL,
  shape INTEGER NOT NULL REFERENCES verdict_shapes (place),
  variant INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (course, assignment, part, learner, submission)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE backfill AS
SELECT
  place,
  (
    SELECT json_group_array(json_array(
      json_extract(one.value, '$.check'), json_extract(one.value, '$.outcome'),
      json_extract(one.value, '$.points'), json_extract(one.value, '$.maximum')
    ))
    FROM json_each(verdict, '$.checks') AS one
  ) AS checks,
  (
    SELECT json_group_array(code) FROM (
      SELECT json_extract(value, '$.code') AS code FROM json_each(verdict, '$.findings')
      WHERE json_extract(value, '$.severity') <> 'info'
      UNION
      SELECT json_extract(found.value, '$.code')
      FROM json_each(verdict, '$.checks') AS one, json_each(one.value, '$.findings') AS found
      WHERE json_extract(one.value, '$.outcome') = 'failed'
        AND json_extract(found.value, '$.severity') <> 'info'
      ORDER BY code
    )
  ) AS codes,
  (
    SELECT json_group_array(name) FROM (
      SELECT json_extract(value, '$.check') AS name FROM json_each(verdict, '$.checks')
      WHERE json_extract(value, '$.outcome') = 'failed' ORDER BY name
    )
  ) AS failed
FROM submissions WHERE verdict IS NOT NULL;

CREATE UNIQUE INDEX temp.backfill_by_place ON backfill (place);

INSERT OR IGNORE INTO verdict_shapes (shape, signature)
SELECT
  json_object('checks', json(checks), 'codes', json(codes)),
  json_object('failed', json(failed), 'codes', json(codes))
FROM backfill ORDER BY place;

INSERT OR IGNORE INTO shape_checks (shape, name, outcome, points, maximum)
SELECT
  place, json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
  json_extract(one.value, '$[2]'), json_extract(one.value, '$[3]')
FROM verdict_shapes, json_each(shape, '$.checks') AS one;

INSERT OR IGNORE INTO shape_findings (shape, code)
SELECT place, one.value FROM verdict_shapes, json_each(shape, '$.codes') AS one;

INSERT INTO judged_answers (
  course, assignment, part, learner, submission, attempt, points, maximum, shape, at
)
SELECT
  course, assignment, part, learner, submissions.place, attempt, points, maximum,
  (
    SELECT place FROM verdict_shapes
    WHERE shape = json_object('checks', json(checks), 'codes', json(codes))
  ),
  CAST(round((julianday(at) - 2440587.5) * 86400000) AS INTEGER)
FROM submissions JOIN backfill ON backfill.place = submissions.place
ORDER BY course, assignment, part, learner, submissions.place;

DROP TABLE temp.backfill;

-- Which grade may have changed, and as the how-manieth change of its course: the newest change of
-- each, and no history. Learner 0 means every learner, assignment 0 every assignment. Kept by
-- triggers, so that nothing a grade depends on can change without being noticed.
CREATE TABLE grade_changes (
  course INTEGER NOT NULL REFERENCES courses (place),
  learner INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  change INTEGER NOT NULL,
  PRIMARY KEY (course, learner, assignment)
) STRICT, WITHOUT ROWID;

CREATE INDEX grade_changes_in_order ON grade_changes (course, change);

INSERT INTO grade_changes (course, learner, assignment, change)
SELECT course, learner, assignment, row_number() OVER (PARTITION BY course ORDER BY max(at), learner, assignment)
FROM grade_events GROUP BY course, learner, assignment;

CREATE TRIGGER report_grade_events_change AFTER INSERT ON grade_events
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT NEW.course, NEW.learner, NEW.assignment, 1 + coalesce(max(change), 0)
  FROM grade_changes WHERE course = NEW.course
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

CREATE VIEW extension_cells AS
SELECT
  extensions.place AS extension, courses.place AS course, enrolments.place AS learner,
  assignments.place AS assignment
FROM extensions
JOIN courses ON courses.id = extensions.course_id
JOIN assignments ON assignments.id = extensions.assignment_id
JOIN enrolments ON enrolments.id = extensions.learner_id
UNION ALL
SELECT extensions.place, courses.place, enrolments.place, assignments.place
FROM extensions
JOIN courses ON courses.id = extensions.course_id
JOIN assignments ON assignments.id = extensions.assignment_id
JOIN enrolments ON enrolments.course_id = extensions.course_id
  AND enrolments.section_id = extensions.section_id;

CREATE VIEW override_cells AS
SELECT
  overrides.place AS override, courses.place AS course, enrolments.place AS learner,
  assignments.place AS assignment
FROM overrides
JOIN courses ON courses.id = overrides.course_id
JOIN assignments ON assignments.id = overrides.assignment_id
JOIN enrolments ON enrolments.id = overrides.learner_id;

INSERT INTO grade_changes (course, learner, assignment, change)
SELECT
  course, learner, assignment,
  1 + coalesce((SELECT max(change) FROM grade_changes AS one WHERE one.course = override_cells.course), 0)
FROM override_cells WHERE true
ON CONFLICT DO NOTHING;

CREATE TRIGGER report_extensions_change AFTER INSERT ON extensions
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    course, learner, assignment,
    1 + coalesce((SELECT max(change) FROM grade_changes AS one WHERE one.course = extension_cells.course), 0)
  FROM extension_cells WHERE extension = NEW.place
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER report_extensions_changed AFTER UPDATE ON extensions
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    course, learner, assignment,
    1 + coalesce((SELECT max(change) FROM grade_changes AS one WHERE one.course = extension_cells.course), 0)
  FROM extension_cells WHERE extension = NEW.place
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

CREATE TRIGGER report_overrides_change AFTER INSERT ON overrides
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    course, learner, assignment,
    1 + coalesce((SELECT max(change) FROM grade_changes AS one WHERE one.course = override_cells.course), 0)
  FROM override_cells WHERE override = NEW.place
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;
CREATE TRIGGER report_overrides_changed AFTER UPDATE ON overrides
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    course, learner, assignment,
    1 + coalesce((SELECT max(change) FROM grade_changes AS one WHERE one.course = override_cells.course), 0)
  FROM override_cells WHERE override = NEW.place
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

CREATE TRIGGER report_assignments_changed AFTER UPDATE ON assignments
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    courses.place, 0, NEW.place,
    1 + coalesce((SELECT max(change) FROM grade_changes WHERE course = courses.place), 0)
  FROM courses WHERE id = NEW.course_id
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

CREATE TRIGGER report_courses_changed AFTER UPDATE OF time_zone ON courses
WHEN NEW.time_zone <> OLD.time_zone
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT NEW.place, 0, 0, 1 + coalesce(max(change), 0)
  FROM grade_changes WHERE course = NEW.place
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

CREATE TRIGGER report_enrolments_changed AFTER UPDATE OF section_id, role ON enrolments
WHEN NEW.section_id IS NOT OLD.section_id OR NEW.role <> OLD.role
BEGIN
  INSERT INTO grade_changes (course, learner, assignment, change)
  SELECT
    courses.place, NEW.place, 0,
    1 + coalesce((SELECT max(change) FROM grade_changes WHERE course = courses.place), 0)
  FROM courses WHERE id = NEW.course_id
  ON CONFLICT DO UPDATE SET change = excluded.change;
END;

-- Who an instructor wants to be told of; a course without a row has the defaults.
CREATE TABLE risk_rules (
  course_id TEXT PRIMARY KEY REFERENCES courses (id),
  rules TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
