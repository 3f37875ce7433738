/** A bound of the lab was passed; real Kubernetes might have gone on. */
export class LimitError extends Error {
  readonly code: LimitCode;
  readonly limit: number;
  /** Where in the document, counted from its beginning. */
  readonly offset: number;

  constructor(code: LimitCode, limit: number, offset: number) {
    super(`${words[code]} ${limit}`);
    this.code = code;
    this.limit = limit;
    this.offset = offset;
  }
}

export type LimitCode =
  | 'yaml-too-large'
  | 'yaml-too-many-documents'
  | 'yaml-too-deep'
  | 'yaml-too-many-nodes';

const words: Readonly<Record<LimitCode, string>> = {
  'yaml-too-large': 'the file has more bytes than the lab reads:',
  'yaml-too-many-documents': 'the file has more documents than the lab reads:',
  'yaml-too-deep': 'the document is nested deeper than the lab reads:',
  'yaml-too-many-nodes': 'the document has more nodes, aliases followed, than the lab reads:',
};
