-- Regrades: a dry run's judgements and what they would change, kept beside the record until, and
-- after, they are applied as events. And a number that tells whether anything a grade depends on
-- was added to an assignment since it was last asked.

CREATE TABLE regrades (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  state TEXT NOT NULL CHECK (
    state IN ('judging', 'comparing', 'ready', 'applying', 'applied', 'cancelled', 'failed')
  ),
  scope TEXT NOT NULL,
  targets TEXT NOT NULL,
  keep TEXT NOT NULL CHECK (keep IN ('never-lower', 'as-judged')),
  reason TEXT NOT NULL,
  engine_version TEXT NOT NULL,
  -- How far the present state has come: a place of submissions, or of regrade_changes.
  cursor INTEGER NOT NULL,
  counts TEXT NOT NULL,
  basis TEXT,
  digest TEXT,
  problem TEXT,
  token_id TEXT NOT NULL,
  applied_by TEXT,
  request_id TEXT,
  created_at TEXT NOT NULL,
  ready_at TEXT,
  ended_at TEXT,
  revision INTEGER NOT NULL
) STRICT;

CREATE INDEX regrades_of_course ON regrades (course_id, place);
CREATE INDEX regrades_at_work ON regrades (place) WHERE state IN ('judging', 'comparing', 'applying');

-- Equal answers to the same question are judged once. No words of a learner are in it.
CREATE TABLE regrade_judgements (
  place INTEGER PRIMARY KEY,
  regrade INTEGER NOT NULL REFERENCES regrades (place),
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('graded', 'rejected', 'fault')),
  points REAL NOT NULL,
  maximum REAL NOT NULL,
  awaits_marking INTEGER NOT NULL CHECK (awaits_marking IN (0, 1)),
  checks TEXT NOT NULL,
  UNIQUE (regrade, digest)
) STRICT;

-- Attempts that are judged otherwise than what holds for them, or that the engine failed at.
CREATE TABLE regrade_attempts (
  regrade INTEGER NOT NULL REFERENCES regrades (place),
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  attempt INTEGER NOT NULL,
  part TEXT NOT NULL,
  submission INTEGER NOT NULL REFERENCES submissions (place),
  judgement INTEGER NOT NULL REFERENCES regrade_judgements (place),
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  before_points REAL NOT NULL,
  before_maximum REAL NOT NULL,
  checks TEXT NOT NULL,
  PRIMARY KEY (regrade, learner, assignment, attempt)
) STRICT, WITHOUT ROWID;

-- What would become, or became, of one learner's assignment.
CREATE TABLE regrade_changes (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  regrade INTEGER NOT NULL REFERENCES regrades (place),
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  changed INTEGER NOT NULL CHECK (changed IN (0, 1)),
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  UNIQUE (regrade, learner, assignment)
) STRICT;

CREATE INDEX regrade_changes_in_order ON regrade_changes (regrade, place);

-- Grows with every event, extension, override and change of section: one number an assignment, so
-- that whoever decided by what was there can ask cheaply whether it still is all there is.
CREATE TABLE ledger_revisions (
  course INTEGER NOT NULL REFERENCES courses (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  revision INTEGER NOT NULL,
  PRIMARY KEY (course, assignment)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_revisions (course, assignment, revision)
SELECT courses.place, assignments.place, 0
FROM assignments JOIN courses ON courses.id = assignments.course_id;

CREATE TRIGGER assignments_have_revisions AFTER INSERT ON assignments
BEGIN
  INSERT INTO ledger_revisions (course, assignment, revision)
  VALUES ((SELECT place FROM courses WHERE id = NEW.course_id), NEW.place, 0);
END;
CREATE TRIGGER grade_events_grow AFTER INSERT ON grade_events
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = NEW.course AND assignment = NEW.assignment;
END;
CREATE TRIGGER extensions_grow AFTER INSERT ON extensions
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (SELECT place FROM courses WHERE id = NEW.course_id)
    AND assignment = (SELECT place FROM assignments WHERE id = NEW.assignment_id);
END;
CREATE TRIGGER extensions_change AFTER UPDATE OF revoked_at ON extensions
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (SELECT place FROM courses WHERE id = NEW.course_id)
    AND assignment = (SELECT place FROM assignments WHERE id = NEW.assignment_id);
END;
CREATE TRIGGER overrides_grow AFTER INSERT ON overrides
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (SELECT place FROM courses WHERE id = NEW.course_id)
    AND assignment = (SELECT place FROM assignments WHERE id = NEW.assignment_id);
END;
CREATE TRIGGER overrides_change AFTER UPDATE OF removed_at ON overrides
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (SELECT place FROM courses WHERE id = NEW.course_id)
    AND assignment = (SELECT place FROM assignments WHERE id = NEW.assignment_id);
END;
CREATE TRIGGER sections_change AFTER UPDATE OF section_id ON enrolments
WHEN OLD.section_id IS NOT NEW.section_id
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (SELECT place FROM courses WHERE id = NEW.course_id);
END;
CREATE TRIGGER erasures_change AFTER INSERT ON erasures
BEGIN
  UPDATE ledger_revisions SET revision = revision + 1
  WHERE course = (
    SELECT courses.place FROM courses JOIN enrolments ON enrolments.course_id = courses.id
    WHERE enrolments.place = NEW.learner
  );
END;

CREATE TRIGGER regrades_of_archived BEFORE INSERT ON regrades
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
