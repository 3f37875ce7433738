/** For whom work is done. */
export interface Party {
  readonly course: string;
  /** Within the course. */
  readonly person: string;
}

export interface TurnLimits {
  /** Requests worked on at once, at most; those that end together share a commit. */
  readonly atOnce: number;
  /** Milliseconds of work begun at once: of slow requests fewer are, so that others get between. */
  readonly burstMs: number;
  /** Requests that may wait for their turn, all parties together. */
  readonly waiting: number;
  /** Milliseconds beyond which nobody is made to wait: who would is sent away at once. */
  readonly longestWaitMs: number;
}

/** Gives the turn back; calling it again does nothing. */
export type EndTurn = () => void;

/** There is more to do than can be done in time: come back later. */
export class TooBusy extends Error {
  readonly retryAfterSeconds: number;

  constructor(waitMs: number) {
    super('Too many requests wait for their turn.');
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  }
}

interface Waiting {
  readonly grant: () => void;
  readonly refuse: (error: TooBusy) => void;
}

type Line = Waiting[];

/**
 * Fair queueing (round robin over courses, and in a course over persons): while there is room
 * everybody is served at once; when there is not, each waits for their own requests and a fair share
 * of the others', so nobody who asks for much keeps others from being served. Whoever would wait
 * too long is refused on arrival. When the line is full, the longest one loses its newest request.
 */
export class Turns {
  readonly #limits: TurnLimits;
  readonly #now: () => number;
  readonly #courses = new Map<string, Map<string, Line>>();
  #working = 0;
  #waiting = 0;
  /** Milliseconds from the end of one turn to the end of the next while there is always work. */
  #pace = 1;
  #lastEnd = 0;

  /** `now` in milliseconds. */
  constructor(limits: TurnLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when it is this party's turn; rejects with TooBusy when that would take too long. */
  take(party: Party): Promise<EndTurn> {
    if (this.#hasRoom()) {
      if (this.#working === 0) this.#lastEnd = this.#now();
      return Promise.resolve(this.#begin());
    }
    const line = this.#courses.get(party.course)?.get(party.person);
    const wait = this.#waitOf(party.course, line?.length ?? 0);
    if (wait > this.#limits.longestWaitMs) return Promise.reject(new TooBusy(wait));
    if (this.#waiting >= this.#limits.waiting && !this.#makeRoom(line?.length ?? 0)) {
      return Promise.reject(new TooBusy(wait));
    }
    return new Promise((resolve, refuse) => {
      const grant = () => resolve(this.#begin());
      this.#enqueue(party, { grant, refuse });
    });
  }

  /** A request that nobody waits for always has. */
  #hasRoom(): boolean {
    const { atOnce, burstMs } = this.#limits;
    return this.#working < Math.max(1, Math.min(atOnce, burstMs / this.#pace));
  }

  #begin(): EndTurn {
    this.#working += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#working -= 1;
      this.#measure();
      while (this.#waiting > 0 && this.#hasRoom()) this.#grantNext();
    };
  }

  /** How long one more request of that course's line would wait: rounds until its turn, each of all lines. */
  #waitOf(course: string, ahead: number): number {
    const persons = Math.max(1, this.#courses.get(course)?.size ?? 0);
    const courses = Math.max(1, this.#courses.size);
    const turns = Math.min(this.#waiting, (ahead + 1) * persons * courses);
    return turns * this.#pace;
  }

  #measure(): void {
    const now = this.#now();
    this.#pace += (Math.min(1000, now - this.#lastEnd) - this.#pace) / smoothing;
    this.#lastEnd = now;
  }

  #enqueue({ course, person }: Party, one: Waiting): void {
    const persons = this.#courses.get(course) ?? new Map<string, Line>();
    const line = persons.get(person) ?? [];
    line.push(one);
    persons.set(person, line);
    this.#courses.set(course, persons);
    this.#waiting += 1;
  }

  /** The first course's first person; both then stand last. */
  #grantNext(): void {
    const [course, persons] = first(this.#courses);
    if (course === undefined || persons === undefined) return;
    const [person, line] = first(persons);
    if (person === undefined || line === undefined) return;
    const next = line.shift();
    persons.delete(person);
    if (line.length > 0) persons.set(person, line);
    this.#courses.delete(course);
    if (persons.size > 0) this.#courses.set(course, persons);
    this.#waiting -= 1;
    next?.grant();
  }

  /** Takes the newest request of the longest line away, if that is longer than the newcomer's. */
  #makeRoom(own: number): boolean {
    let longest: Line = [];
    for (const persons of this.#courses.values()) {
      for (const line of persons.values()) if (line.length > longest.length) longest = line;
    }
    if (longest.length <= own + 1) return false;
    this.#waiting -= 1;
    longest.pop()?.refuse(new TooBusy(longest.length * this.#pace));
    return true;
  }
}

/** Turns over which the pace is averaged. */
const smoothing = 16;

function first<K, V>(map: ReadonlyMap<K, V>): readonly [K | undefined, V | undefined] {
  for (const entry of map) return entry;
  return [undefined, undefined];
}
