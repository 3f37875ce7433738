-- Learners' own clusters. A sandbox is the world it was prepared from and what differs from it; it
-- is deleted for good when it is over, unlike what grades are made of.

-- Worlds as they were when sandboxes were made of them, once for all that share one.
CREATE TABLE sandbox_worlds (
  digest TEXT NOT NULL UNIQUE,
  world TEXT NOT NULL
) STRICT;

-- seed, part and exercise: what to prepare the world from again. Without an assignment: a free one.
CREATE TABLE sandboxes (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  course_id TEXT REFERENCES courses (id),
  assignment_id TEXT REFERENCES assignments (id),
  learner_id TEXT REFERENCES enrolments (id),
  exercise_id TEXT,
  exercise_version INTEGER,
  exercise_digest TEXT,
  part TEXT,
  seed TEXT,
  platform TEXT NOT NULL,
  token_id TEXT NOT NULL,
  world TEXT NOT NULL REFERENCES sandbox_worlds (digest),
  version INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  CHECK ((assignment_id IS NULL) = (exercise_id IS NULL)),
  CHECK ((assignment_id IS NULL) = (part IS NULL)),
  CHECK (assignment_id IS NULL OR course_id IS NOT NULL)
) STRICT;

CREATE INDEX sandboxes_of_learner ON sandboxes (learner_id) WHERE learner_id IS NOT NULL;
CREATE INDEX sandboxes_of_token ON sandboxes (token_id);
CREATE INDEX sandboxes_of_course ON sandboxes (course_id, place) WHERE course_id IS NOT NULL;
CREATE INDEX sandboxes_over ON sandboxes (expires_at);

-- What differs from the world; no object: the world has it, the sandbox does not.
CREATE TABLE sandbox_objects (
  sandbox INTEGER NOT NULL REFERENCES sandboxes (place) ON DELETE CASCADE,
  resource TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  object TEXT,
  PRIMARY KEY (sandbox, resource, namespace, name)
) STRICT, WITHOUT ROWID;

-- The secrets of the kubeconfigs that were handed out, as SHA-256.
CREATE TABLE sandbox_kubeconfigs (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL UNIQUE,
  sandbox INTEGER NOT NULL REFERENCES sandboxes (place) ON DELETE CASCADE,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX sandbox_kubeconfigs_of ON sandbox_kubeconfigs (sandbox, place);

CREATE TABLE sandbox_snapshots (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sandbox INTEGER NOT NULL REFERENCES sandboxes (place) ON DELETE CASCADE,
  name TEXT NOT NULL,
  objects TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE INDEX sandbox_snapshots_of ON sandbox_snapshots (sandbox, place);

CREATE TRIGGER sandboxes_of_archived BEFORE INSERT ON sandboxes
WHEN (SELECT archived_at FROM courses WHERE id = NEW.course_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'course-archived'); END;
