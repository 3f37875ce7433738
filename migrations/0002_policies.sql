-- What a grade depends on beside its events: the course's time zone, sections, richer policies,
-- extensions, overrides; and the talk about grades: marking claims and contests.

ALTER TABLE courses ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';

ALTER TABLE enrolments ADD COLUMN section_id TEXT;
CREATE INDEX enrolments_of_section ON enrolments (course_id, section_id)
  WHERE section_id IS NOT NULL;

-- opens_at, due_at and closes_at are instants (they end in Z) or local times of the course's zone.
ALTER TABLE assignments ADD COLUMN mode TEXT NOT NULL DEFAULT 'graded'
  CHECK (mode IN ('practice', 'graded', 'exam'));
ALTER TABLE assignments ADD COLUMN weight REAL CHECK (weight >= 0);
ALTER TABLE assignments ADD COLUMN prerequisites TEXT NOT NULL DEFAULT '[]';
ALTER TABLE assignments ADD COLUMN release TEXT NOT NULL
  DEFAULT '{"grades":"at-once","explanations":"at-once"}';

ALTER TABLE audit_events ADD COLUMN reason TEXT;
ALTER TABLE audit_events ADD COLUMN request_id TEXT;

-- Regrades and starts are new kinds of events; lateness is no longer kept, for it is derived.
-- `maximum`: what the part was worth when its attempt was judged. `attempt`: the seq of the
-- attempt that a regrade judges anew. Regrades never change the rows they judge.
CREATE TABLE grade_events_new (
  course INTEGER NOT NULL REFERENCES courses (place),
  learner INTEGER NOT NULL REFERENCES enrolments (place),
  assignment INTEGER NOT NULL REFERENCES assignments (place),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('attempt', 'hint', 'mark', 'regrade', 'start')),
  part TEXT NOT NULL,
  points REAL NOT NULL,
  maximum REAL,
  hint INTEGER,
  awaits_marking INTEGER,
  comment TEXT,
  attempt INTEGER,
  keep TEXT CHECK (keep IN ('never-lower', 'as-judged')),
  regrade TEXT,
  submission INTEGER REFERENCES submissions (place),
  token INTEGER NOT NULL REFERENCES tokens (place),
  at TEXT NOT NULL,
  PRIMARY KEY (course, learner, assignment, seq),
  CHECK ((kind = 'regrade') = (attempt IS NOT NULL)),
  CHECK ((kind = 'regrade') = (keep IS NOT NULL)),
  CHECK ((kind = 'regrade') = (regrade IS NOT NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO grade_events_new (
  course, learner, assignment, seq, kind, part, points, maximum, hint, awaits_marking, comment,
  submission, token, at
)
SELECT
  course, learner, assignment, seq, kind, part, points,
  (SELECT maximum FROM submissions WHERE submissions.place = grade_events.submission),
  hint, awaits_marking, comment, submission, token, at
FROM grade_events
ORDER BY course, learner, assignment, seq;

DROP TABLE grade_events;
ALTER TABLE grade_events_new RENAME TO grade_events;

CREATE INDEX grade_events_awaiting ON grade_events (course, at) WHERE awaits_marking = 1;

CREATE TRIGGER grade_events_stay BEFORE UPDATE ON grade_events
BEGIN SELECT RAISE(ABORT, 'grade events are append-only'); END;
CREATE TRIGGER grade_events_last BEFORE DELETE ON grade_events
BEGIN SELECT RAISE(ABORT, 'grade events are append-only'); END;

-- For one learner or one section. Revoked, never deleted.
CREATE TABLE extensions (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  learner_id TEXT REFERENCES enrolments (id),
  section_id TEXT,
  due_at TEXT,
  closes_at TEXT,
  extra_minutes REAL,
  extra_attempts INTEGER,
  reason TEXT NOT NULL,
  token_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT,
  CHECK ((learner_id IS NULL) <> (section_id IS NULL))
) STRICT;

CREATE INDEX extensions_of_course ON extensions (course_id, place);
CREATE INDEX extensions_of_learner ON extensions (learner_id) WHERE learner_id IS NOT NULL;
CREATE INDEX extensions_of_section ON extensions (section_id) WHERE section_id IS NOT NULL;

-- A person's word on a part, or (part IS NULL) on the assignment. Removed, never deleted.
CREATE TABLE overrides (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  learner_id TEXT NOT NULL REFERENCES enrolments (id),
  part TEXT,
  points REAL,
  excused INTEGER NOT NULL CHECK (excused IN (0, 1)),
  comment TEXT,
  reason TEXT NOT NULL,
  token_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  removed_at TEXT,
  CHECK (points IS NOT NULL OR excused = 1 OR comment IS NOT NULL),
  CHECK (points IS NULL OR excused = 0)
) STRICT;

CREATE INDEX overrides_of_course ON overrides (course_id, place);
CREATE INDEX overrides_of_learner ON overrides (learner_id, assignment_id);

-- Who is marking what; a courtesy among markers that runs out by itself.
CREATE TABLE marking_claims (
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  learner_id TEXT NOT NULL REFERENCES enrolments (id),
  part TEXT NOT NULL,
  token_id TEXT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (assignment_id, learner_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE contests (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT NOT NULL REFERENCES courses (id),
  assignment_id TEXT NOT NULL REFERENCES assignments (id),
  learner_id TEXT NOT NULL REFERENCES enrolments (id),
  part TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  revision INTEGER NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX contests_of_course ON contests (course_id, place);
CREATE INDEX contests_of_learner ON contests (learner_id, place);

CREATE TABLE contest_messages (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  contest_id TEXT NOT NULL REFERENCES contests (id),
  sender TEXT NOT NULL CHECK (sender IN ('learner', 'staff')),
  token_id TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX contest_messages_of_contest ON contest_messages (contest_id, place);
