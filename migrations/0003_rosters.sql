-- Courses with terms, sections and an archive; people who come, go and are forgotten; invitations;
-- and whom an entry of the audit concerns.

ALTER TABLE courses ADD COLUMN term TEXT;
ALTER TABLE courses ADD COLUMN archived_at TEXT;
ALTER TABLE courses ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

ALTER TABLE enrolments ADD COLUMN deactivated_at TEXT;
ALTER TABLE enrolments ADD COLUMN erased_at TEXT;
ALTER TABLE enrolments ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

CREATE TABLE sections (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (course_id, name)
) STRICT;

CREATE TABLE invitations (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('learner', 'instructor', 'assistant')),
  section_id TEXT REFERENCES sections (id),
  uses INTEGER NOT NULL CHECK (uses >= 0),
  most_uses INTEGER CHECK (uses <= most_uses),
  expires_at TEXT,
  revoked_at TEXT,
  token_id TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX invitations_of_course ON invitations (course_id, place);

CREATE INDEX submissions_of_course ON submissions (course, place);

CREATE TABLE audit_learners (
  learner_id TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES audit_events (place),
  PRIMARY KEY (learner_id, event)
) STRICT, WITHOUT ROWID;

INSERT INTO audit_learners (learner_id, event)
SELECT enrolments.id, audit_events.place
FROM audit_events JOIN enrolments ON enrolments.id = audit_events.subject
UNION
SELECT json_extract(after, '$.learnerId'), place FROM audit_events
WHERE json_type(after, '$.learnerId') = 'text'
UNION
SELECT json_extract(before, '$.learnerId'), place FROM audit_events
WHERE json_type(before, '$.learnerId') = 'text'
UNION
SELECT named.value, place FROM audit_events, json_each(after, '$.learnerIds') AS named
WHERE json_type(after, '$.learnerIds') = 'array';

-- Who was forgotten. While one is not done, which is only inside the transaction that forgets, the
-- triggers below let that person's words and name be blanked, and nothing else be changed.
CREATE TABLE erasures (
  learner INTEGER PRIMARY KEY REFERENCES enrolments (place),
  pseudonym TEXT NOT NULL,
  at TEXT NOT NULL,
  token_id TEXT NOT NULL,
  done INTEGER NOT NULL CHECK (done IN (0, 1))
) STRICT;

CREATE TRIGGER erasures_stay BEFORE UPDATE ON erasures
WHEN OLD.done = 1
  OR (NEW.learner, NEW.pseudonym, NEW.at, NEW.token_id)
    IS NOT (OLD.learner, OLD.pseudonym, OLD.at, OLD.token_id)
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
CREATE TRIGGER erasures_last BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;

DROP TRIGGER submissions_stay;
CREATE TRIGGER submissions_stay BEFORE UPDATE ON submissions
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE learner = OLD.learner AND done = 0)
  OR NEW.answer <> '{}' OR NEW.seed <> '' OR NEW.error IS NOT NULL
  OR (NEW.verdict IS NULL) <> (OLD.verdict IS NULL)
  OR json_extract(NEW.verdict, '$.transcript') <> ''
  OR (NEW.place, NEW.id, NEW.course, NEW.assignment, NEW.learner, NEW.part, NEW.outcome,
      NEW.attempt, NEW.exercise_id, NEW.exercise_version, NEW.exercise_digest, NEW.engine_version,
      NEW.points, NEW.maximum, NEW.late, NEW.token, NEW.at)
    IS NOT (OLD.place, OLD.id, OLD.course, OLD.assignment, OLD.learner, OLD.part, OLD.outcome,
      OLD.attempt, OLD.exercise_id, OLD.exercise_version, OLD.exercise_digest, OLD.engine_version,
      OLD.points, OLD.maximum, OLD.late, OLD.token, OLD.at)
BEGIN SELECT RAISE(ABORT, 'submissions are append-only'); END;
CREATE TRIGGER submissions_of_erased BEFORE INSERT ON submissions
WHEN EXISTS (SELECT 1 FROM erasures WHERE learner = NEW.learner)
BEGIN SELECT RAISE(ABORT, 'learner-erased'); END;

DROP TRIGGER grade_events_stay;
CREATE TRIGGER grade_events_stay BEFORE UPDATE ON grade_events
WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE learner = OLD.learner AND done = 0)
  OR NEW.comment IS NOT NULL
  OR (NEW.course, NEW.learner, NEW.assignment, NEW.seq, NEW.kind, NEW.part, NEW.points,
      NEW.maximum, NEW.hint, NEW.awaits_marking, NEW.attempt, NEW.keep, NEW.regrade,
      NEW.submission, NEW.token, NEW.at)
    IS NOT (OLD.course, OLD.learner, OLD.assignment, OLD.seq, OLD.kind, OLD.part, OLD.points,
      OLD.maximum, OLD.hint, OLD.awaits_marking, OLD.attempt, OLD.keep, OLD.regrade,
      OLD.submission, OLD.token, OLD.at)
BEGIN SELECT RAISE(ABORT, 'grade events are append-only'); END;

DROP TRIGGER audit_events_stay;
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events
WHEN NOT EXISTS (
    SELECT 1 FROM audit_learners
    JOIN enrolments ON enrolments.id = audit_learners.learner_id
    JOIN erasures ON erasures.learner = enrolments.place
    WHERE audit_learners.event = OLD.place AND erasures.done = 0
  )
  OR (NEW.place, NEW.id, NEW.at, NEW.token_id, NEW.action, NEW.course_id, NEW.subject,
      NEW.request_id)
    IS NOT (OLD.place, OLD.id, OLD.at, OLD.token_id, OLD.action, OLD.course_id, OLD.subject,
      OLD.request_id)
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;

CREATE INDEX audit_learners_of_event ON audit_learners (event);

CREATE TRIGGER audit_learners_stay BEFORE UPDATE ON audit_learners
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
CREATE TRIGGER audit_learners_last BEFORE DELETE ON audit_learners
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;

-- An archived course takes no writes, whoever makes them; only forgetting somebody goes on.
CREATE TRIGGER assignments_of_archived BEFORE INSERT ON assignments
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER assignments_in_archived BEFORE UPDATE ON assignments
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER sections_of_archived BEFORE INSERT ON sections
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER sections_in_archived BEFORE UPDATE ON sections
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER sections_from_archived BEFORE DELETE ON sections
WHEN (SELECT archived_at FROM courses WHERE id = OLD.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER enrolments_of_archived BEFORE INSERT ON enrolments
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER enrolments_in_archived BEFORE UPDATE ON enrolments
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erasures WHERE learner = NEW.place AND done = 0)
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER invitations_of_archived BEFORE INSERT ON invitations
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER submissions_of_archived BEFORE INSERT ON submissions
WHEN (SELECT archived_at FROM courses WHERE place = NEW.course) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER grade_events_of_archived BEFORE INSERT ON grade_events
WHEN (SELECT archived_at FROM courses WHERE place = NEW.course) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER extensions_of_archived BEFORE INSERT ON extensions
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER extensions_in_archived BEFORE UPDATE OF revoked_at ON extensions
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER overrides_of_archived BEFORE INSERT ON overrides
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER overrides_in_archived BEFORE UPDATE OF removed_at ON overrides
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER contests_of_archived BEFORE INSERT ON contests
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER contests_in_archived BEFORE UPDATE ON contests
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
CREATE TRIGGER contest_messages_of_archived BEFORE INSERT ON contest_messages
WHEN (SELECT archived_at FROM contests JOIN courses ON courses.id = contests.course_id
  WHERE contests.id = NEW.contest_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
