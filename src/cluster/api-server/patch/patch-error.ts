/** How the server answers a patch it cannot apply. */
type PatchFailure = 'bad-request' | 'unprocessable' | 'plain';

/** A patch that cannot be applied; the message is upstream's. */
export class PatchError extends Error {
  readonly failure: PatchFailure;

  constructor(message: string, failure: PatchFailure = 'plain') {
    super(message);
    this.failure = failure;
  }
}
