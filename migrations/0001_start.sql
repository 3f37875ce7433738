-- Courses, who is in them, what is assigned, what was answered, and what followed from it.
-- Instants are ISO 8601 text in UTC. `place` is the order of creation, for paging; what many rows
-- refer to is referred to by place, which keeps them small.

CREATE TABLE courses (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE assignments (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  exercise_id TEXT NOT NULL,
  exercise_version INTEGER NOT NULL,
  exercise_digest TEXT NOT NULL,
  title TEXT NOT NULL,
  points REAL NOT NULL CHECK (points >= 0),
  opens_at TEXT,
  due_at TEXT,
  closes_at TEXT,
  parts TEXT NOT NULL,
  policy TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX assignments_of_course ON assignments (course_id, place);

CREATE TABLE enrolments (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  external_id TEXT NOT NULL,
  name TEXT,
  role TEXT NOT NULL CHECK (role IN ('learner', 'instructor', 'assistant')),
  created_at TEXT NOT NULL,
  UNIQUE (course_id, external_id)
) STRICT;

CREATE INDEX enrolments_of_course ON enrolments (course_id, place);

CREATE TABLE tokens (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  role TEXT NOT NULL
    CHECK (role IN ('admin', 'instructor', 'assistant', 'author', 'lms', 'learner')),
  learner_id TEXT REFERENCES enrolments (id),
  created_at TEXT NOT NULL,
  expires_at TEXT,
  revoked_at TEXT,
  last_used_at TEXT
) STRICT;

CREATE TABLE token_courses (
  token_id TEXT NOT NULL REFERENCES tokens (id),
  course_id TEXT NOT NULL REFERENCES courses (id),
  PRIMARY KEY (token_id, course_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX token_courses_of_course ON token_courses (course_id);

CREATE TABLE submissions (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course INTEGER NOT NULL REFERENCES courses (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  part TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('graded', 'rejected', 'fault')),
  attempt INTEGER,
  exercise_id TEXT NOT NULL,
  exercise_version INTEGER NOT NULL,
  exercise_digest TEXT NOT NULL,
  seed TEXT NOT NULL,
  engine_version TEXT NOT NULL,
  answer TEXT NOT NULL,
  verdict TEXT,
  error TEXT,
  points REAL NOT NULL,
  maximum REAL NOT NULL,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  token INTEGER NOT NULL REFERENCES tokens (place),
  at TEXT NOT NULL,
  CHECK ((outcome = 'fault') = (verdict IS NULL)),
  CHECK ((outcome = 'graded') = (attempt IS NOT NULL))
) STRICT;

CREATE INDEX submissions_of_learner ON submissions (learner, place);

-- Lies in the order in which reports read it: one course is one stretch of it.
CREATE TABLE grade_events (
  course INTEGER NOT NULL REFERENCES courses (place),
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('attempt', 'hint', 'mark')),
  part TEXT NOT NULL,
  points REAL NOT NULL,
  hint INTEGER,
  awaits_marking INTEGER,
  late INTEGER,
  comment TEXT,
  submission INTEGER REFERENCES submissions (place),
  token INTEGER NOT NULL REFERENCES tokens (place),
  at TEXT NOT NULL,
  PRIMARY KEY (course, learner, assignment, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_events (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  token_id TEXT NOT NULL,
  action TEXT NOT NULL,
  course_id TEXT,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;

CREATE INDEX audit_events_of_course ON audit_events (course_id, place);

-- Answers given to idempotency keys. Not part of the record: old ones are forgotten.
CREATE TABLE receipts (
  token_id TEXT NOT NULL,
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (token_id, key, route)
) STRICT;

CREATE INDEX receipts_by_age ON receipts (at);

CREATE TRIGGER submissions_stay BEFORE UPDATE ON submissions
BEGIN SELECT RAISE(ABORT, 'submissions are append-only'); END;
CREATE TRIGGER submissions_last BEFORE DELETE ON submissions
BEGIN SELECT RAISE(ABORT, 'submissions are append-only'); END;
CREATE TRIGGER grade_events_stay BEFORE UPDATE ON grade_events
BEGIN SELECT RAISE(ABORT, 'grade events are append-only'); END;
CREATE TRIGGER grade_events_last BEFORE DELETE ON grade_events
BEGIN SELECT RAISE(ABORT, 'grade events are append-only'); END;
CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
CREATE TRIGGER audit_events_last BEFORE DELETE ON audit_events
BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END;
