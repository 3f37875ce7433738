/**
 * Every bound of the product, in one place. Whatever a learner, an LMS or an author sends is
 * measured against these before it costs anything. docs/limits.md explains them to operators.
 */
export const limits = {
  /** One answer, or the manifests of a playground's world, in UTF-8 bytes. */
  textBytes: 256 * 1024,
  /** One HTTP request body, in bytes: an answer with its JSON escapes and room to spare. */
  bodyBytes: 768 * 1024,
  /** One playground question, in bytes. */
  playgroundBytes: 512 * 1024,
  /** YAML documents in one text, and objects in it where lists hold them. */
  documents: 300,
  /** Nesting of mappings and sequences in one document. */
  depth: 64,
  /** Nodes of one text after its aliases are followed. */
  nodes: 50_000,
  /** Pods beyond which controllers of one cluster start no more; a cluster may be given its own. */
  pods: 500,
  /**
   * Endpoints controllers write in one coming to rest: Pods × ports, summed over the Services and
   * over the two kinds of objects they stand in; a cluster may be given its own.
   */
  endpoints: 20_000,
  /**
   * What the command lines of one question cost together: a write counts 1, an object in the
   * cluster a quarter for each line, a thousand characters printed 1.
   */
  work: 5_000,
  /** Labels, annotations and (tenfold) containers of the Pods started in one coming to rest. */
  podParts: 50_000,
  /** Steps of one playground question. */
  steps: 50,
  /** Connections, names and command lines one playground question asks for, each. */
  questions: 200,
  /** One command line, in characters. */
  commandLine: 64 * 1024,
  /** Containers whose logs one command prints. */
  logContainers: 100,
  /** What one command may print, in characters. */
  output: 1024 * 1024,
  /** An author's CEL expression: its length, the nodes it is made of, loops inside one another. */
  expressionCharacters: 2_000,
  expressionNodes: 200,
  expressionLoops: 2,
  /** Objects of one resource that an expression looks at. */
  expressionObjects: 500,
  /** Variants of one exercise. */
  variants: 500,
  /** Worlds of exercises kept ready to be forked; others are prepared again when they are needed. */
  preparedWorlds: 400,
  /** Characters of the answers whose verdicts are remembered for when they are sent again. */
  rememberedCharacters: 2_000_000,
  /** Learners of one exercise whose dealt variant is remembered. */
  rememberedSeeds: 256,
  /** Rounds the controllers get to come to rest. */
  settleRounds: 200,
  /**
   * Requests that make the engine work: worked on at once (and how many milliseconds of
   * work that may be), waiting for their turn, and the milliseconds nobody is made to wait longer
   * than.
   */
  turns: { atOnce: 32, burstMs: 50, waiting: 1_000, longestWaitMs: 750 },
  /**
   * Wrong tokens from one address: so many are free, then it waits, doubling from the first wait to
   * the longest; a time without any clears it. Addresses and valid tokens remembered.
   */
  guesses: {
    free: 20,
    firstWaitMs: 1_000,
    longestWaitMs: 5 * 60_000,
    forgottenAfterMs: 15 * 60_000,
    addresses: 10_000,
    knownTokens: 10_000,
  },
  /** Rows of one page of a list. */
  pageRows: 200,
  /** Writes of one sandbox that a watch can still be told of after they happened. */
  watchLog: 5000,
  /** Characters of JSON of the objects in those writes, all together. */
  watchLogBytes: 4 * 1024 * 1024,
  /** Bytes a watch may have unread by its client before it is ended. */
  watchUnreadBytes: 1024 * 1024,
  /** Milliseconds after which a watch is ended whatever its client asked; clients begin it anew. */
  watchMs: 30 * 60 * 1000,
  /** Learners' own clusters. */
  sandbox: {
    /** Minutes until one is over: unless asked otherwise, and at most. */
    minutes: 8 * 60,
    mostMinutes: 7 * 24 * 60,
    /** Sandboxes of one learner, or of one token that is no learner's. */
    each: 10,
    /** Objects beside those of its world, and the characters of JSON of all that differs from it. */
    objects: 500,
    bytes: 2 * 1024 * 1024,
    /** Pods, and endpoints written in one coming to rest. */
    pods: 100,
    endpoints: 4_000,
    /** Watches and other streams open at once. */
    streams: 40,
    /** Requests a second in the long run, and how many may come at once. */
    requestsPerSecond: 50,
    requestsAtOnce: 200,
    /** Milliseconds of the engine's work a second in the long run, and how many at once. */
    workMsPerSecond: 300,
    workMsAtOnce: 5_000,
    snapshots: 10,
    /** Kubeconfigs that are valid at once; the oldest gives way. */
    kubeconfigs: 10,
    /** Kept in memory for so long after the last request, and so many without a stream. */
    idleMs: 5 * 60 * 1000,
    inMemory: 500,
  },
  /** Bytes of one message of exec, attach or port-forward, and of all input a process reads. */
  streamMessageBytes: 64 * 1024,
  streamInputBytes: 256 * 1024,
  /** Streams of one port-forward that are open at once; a connection takes two. */
  forwardedStreams: 200,
  /** Characters of one line typed into a shell. */
  terminalLine: 4096,
  /** Bytes of one request's body to a sandbox's Kubernetes API. */
  kubernetesBodyBytes: 1024 * 1024,
  /** Extensions granted by one request: learners and sections × assignments. */
  extensionsAtOnce: 5_000,
  /** How long a claim in the marking queue holds, in minutes. */
  markingClaimMinutes: 30,
  /** A message, a comment or a reason that a person writes, in characters. */
  messageCharacters: 5_000,
  /** Messages of one contest's thread. */
  contestMessages: 200,
  /** People of one roster, the bytes it comes in, and how many of its problems are listed. */
  rosterRows: 10_000,
  rosterBytes: 4 * 1024 * 1024,
  rosterProblems: 200,
  /** Sections of one course. */
  sections: 500,
  /** Tokens made by one request. */
  tokensAtOnce: 2_000,
  /** How often one invitation may be accepted. */
  invitationUses: 10_000,
  /** Webhooks; docs/webhooks.md explains each. Times are in milliseconds unless named otherwise. */
  webhooks: {
    perCourse: 20,
    /** From looking up the name to the end of the answer. */
    timeoutMs: 15_000,
    /** Bytes of an answer that are read, and characters of it that are kept. */
    answerBytes: 16 * 1024,
    excerptCharacters: 500,
    /** Requests under way at once: all together, and to one endpoint. */
    atOnce: 64,
    atOncePerEndpoint: 4,
    /** Tries of one delivery; the wait after the first, its growth, its cap, and its jitter ±. */
    tries: 12,
    firstWaitMs: 5_000,
    waitGrowth: 4,
    longestWaitMs: 24 * 60 * 60 * 1000,
    waitJitter: 0.2,
    /** An endpoint that answered nothing well for so long is disabled. */
    disableAfterMs: 5 * 24 * 60 * 60 * 1000,
    /** How long a message can be replayed and inspected. */
    keptMs: 30 * 24 * 60 * 60 * 1000,
    /** Changes told in one transaction, and people named in one message. */
    changesAtOnce: 100,
    /** Deliveries of one replay. */
    replayAtOnce: 10_000,
    /** How long a replaced secret still signs: unless asked otherwise, and at most, in hours. */
    oldSecretHours: 24,
    oldSecretHoursMost: 30 * 24,
  },
  /** Minutes a launch link waits to be opened, and that the learner token it gives lasts. */
  launch: {
    linkMinutes: 5,
    linkMinutesMost: 24 * 60,
    tokenMinutes: 240,
    tokenMinutesMost: 24 * 60,
  },
  /** Derived grades that reports keep in memory, all courses together; see docs/reports.md. */
  cellsKept: 200_000,
  /** Changed grades up to which a report derives just these anew. */
  cellsRenewedSingly: 5_000,
  /** Learners a report reads at once of a course that is too large to be kept. */
  learnersAtOnce: 500,
  /** Submissions an export reads at once. */
  submissionsAtOnce: 1_000,
  /** Reports that may wait for the thread that makes them. */
  reportsWaiting: 64,
  /** Milliseconds after which a report that says nothing is given up. */
  reportMs: 30_000,
  /** Characters of an answer that analytics show as an example. */
  exampleCharacters: 4_000,
  /** Grades that one answer about changes tells at most. */
  changesAtOnce: 1_000,
  /**
   * A similarity report: answers of a part, of them of one learner, characters of each, pairs that
   * are compared, and pairs that are told.
   */
  similarity: {
    answers: 5_000,
    answersOfLearner: 5,
    characters: 20_000,
    comparisons: 200_000,
    pairs: 1_000,
  },
} as const;
