-- Webhooks: where to, the outbox, what was sent; and launch links.
-- The triggers below note every change in the transaction that makes it, whoever makes it, and only
-- while somebody listens. What a note means is decided later, in code (gradebook/webhooks).

CREATE TABLE webhook_endpoints (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course INTEGER NOT NULL REFERENCES courses (place),
  url TEXT NOT NULL,
  description TEXT,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_secret_until TEXT,
  disabled_at TEXT,
  disabled_because TEXT CHECK (disabled_because IN ('asked', 'failing', 'gone')),
  failing_since TEXT,
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
  CHECK ((disabled_at IS NULL) = (disabled_because IS NULL))
) STRICT;

CREATE INDEX webhook_endpoints_of_course ON webhook_endpoints (course, place);

CREATE TRIGGER webhook_endpoints_of_archived BEFORE INSERT ON webhook_endpoints
WHEN (SELECT archived_at FROM courses WHERE place = NEW.course) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;

-- The outbox: what changed, once each however often it changes before it is told.
-- `not_before` is empty for at once, an instant for what is withheld until then.
CREATE TABLE webhook_changes (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('attempt', 'grade', 'person', 'regrade')),
  course INTEGER NOT NULL,
  learner INTEGER NOT NULL DEFAULT 0,
  assignment INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL DEFAULT '',
  not_before TEXT NOT NULL DEFAULT '',
  UNIQUE (kind, course, learner, assignment, subject)
) STRICT;

CREATE INDEX webhook_changes_due ON webhook_changes (not_before, place);

CREATE TABLE webhook_messages (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course INTEGER NOT NULL REFERENCES courses (place),
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX webhook_messages_of_course ON webhook_messages (course, at);
CREATE INDEX webhook_messages_by_age ON webhook_messages (at);

CREATE TABLE webhook_deliveries (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  endpoint INTEGER NOT NULL REFERENCES webhook_endpoints (place) ON DELETE CASCADE,
  message INTEGER NOT NULL REFERENCES webhook_messages (place) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
  tries INTEGER NOT NULL,
  due_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (endpoint, message)
) STRICT;

CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint, place);
CREATE INDEX webhook_deliveries_of_message ON webhook_deliveries (message);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint, due_at)
  WHERE state = 'pending';

CREATE TABLE webhook_attempts (
  delivery INTEGER NOT NULL REFERENCES webhook_deliveries (place) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  took_ms INTEGER NOT NULL,
  status INTEGER,
  error TEXT,
  excerpt TEXT,
  PRIMARY KEY (delivery, number)
) STRICT, WITHOUT ROWID;

-- The grade as it was last told of, so that only what differs is told.
CREATE TABLE webhook_grades (
  course INTEGER NOT NULL,
  learner INTEGER NOT NULL,
  assignment INTEGER NOT NULL,
  told TEXT NOT NULL,
  PRIMARY KEY (course, learner, assignment)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER webhook_of_attempts AFTER INSERT ON grade_events
WHEN NEW.kind = 'attempt' AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = NEW.course)
BEGIN
  INSERT INTO webhook_changes (kind, course, learner, assignment, subject)
  VALUES ('attempt', NEW.course, NEW.learner, NEW.assignment, CAST(NEW.seq AS TEXT));
END;

-- Whatever may have changed a grade stands in grade_changes already.
CREATE TRIGGER webhook_of_new_grade AFTER INSERT ON grade_changes
WHEN NEW.learner > 0 AND NEW.assignment > 0
  AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = NEW.course)
BEGIN
  INSERT INTO webhook_changes (kind, course, learner, assignment)
  VALUES ('grade', NEW.course, NEW.learner, NEW.assignment)
  ON CONFLICT DO UPDATE SET not_before = '';
END;
CREATE TRIGGER webhook_of_grade AFTER UPDATE ON grade_changes
WHEN NEW.learner > 0 AND NEW.assignment > 0
  AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = NEW.course)
BEGIN
  INSERT INTO webhook_changes (kind, course, learner, assignment)
  VALUES ('grade', NEW.course, NEW.learner, NEW.assignment)
  ON CONFLICT DO UPDATE SET not_before = '';
END;

-- Those that stand for every learner or every assignment: each grade there is.
CREATE TRIGGER webhook_of_new_grades AFTER INSERT ON grade_changes
WHEN (NEW.learner = 0 OR NEW.assignment = 0)
  AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = NEW.course)
BEGIN
  INSERT INTO webhook_changes (kind, course, learner, assignment)
  SELECT 'grade', course, learner, assignment FROM grade_changes
  WHERE course = NEW.course AND learner > 0 AND assignment > 0
    AND (NEW.learner = 0 OR learner = NEW.learner)
    AND (NEW.assignment = 0 OR assignment = NEW.assignment)
  ON CONFLICT DO UPDATE SET not_before = '';
END;
CREATE TRIGGER webhook_of_grades AFTER UPDATE ON grade_changes
WHEN (NEW.learner = 0 OR NEW.assignment = 0)
  AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = NEW.course)
BEGIN
  INSERT INTO webhook_changes (kind, course, learner, assignment)
  SELECT 'grade', course, learner, assignment FROM grade_changes
  WHERE course = NEW.course AND learner > 0 AND assignment > 0
    AND (NEW.learner = 0 OR learner = NEW.learner)
    AND (NEW.assignment = 0 OR assignment = NEW.assignment)
  ON CONFLICT DO UPDATE SET not_before = '';
END;

CREATE TRIGGER webhook_of_regrades AFTER UPDATE OF state ON regrades
WHEN NEW.state = 'applied' AND OLD.state <> 'applied'
BEGIN
  INSERT INTO webhook_changes (kind, course, subject)
  SELECT 'regrade', place, NEW.id FROM courses
  WHERE id = NEW.course_id
    AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = courses.place)
  ON CONFLICT DO NOTHING;
END;
-- What is withheld is looked at again when the assignment changes: it may be released now.
CREATE TRIGGER webhook_of_releases AFTER UPDATE ON assignments
BEGIN
  UPDATE webhook_changes SET not_before = ''
  WHERE kind = 'regrade' AND not_before <> ''
    AND course = (SELECT place FROM courses WHERE id = NEW.course_id);
END;

CREATE TRIGGER webhook_of_people AFTER INSERT ON enrolments
BEGIN
  INSERT INTO webhook_changes (kind, course, learner)
  SELECT 'person', place, NEW.place FROM courses
  WHERE id = NEW.course_id
    AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = courses.place)
  ON CONFLICT DO UPDATE SET not_before = '';
END;

CREATE TRIGGER webhook_of_changed_people AFTER UPDATE ON enrolments
BEGIN
  INSERT INTO webhook_changes (kind, course, learner)
  SELECT 'person', place, NEW.place FROM courses
  WHERE id = NEW.course_id
    AND EXISTS (SELECT 1 FROM webhook_endpoints WHERE course = courses.place)
  ON CONFLICT DO UPDATE SET not_before = '';
END;

-- A link that makes one learner's browser or client a learner for a while; used once.
CREATE TABLE launches (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  learner_id TEXT NOT NULL REFERENCES enrolments (id),
  token_minutes INTEGER NOT NULL,
  expires_at TEXT NOT NULL,
  used_at TEXT,
  token_id TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX launches_by_age ON launches (expires_at);
CREATE TRIGGER launches_of_archived BEFORE INSERT ON launches
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
