/** What a name server says to one question (RFC 1035). */
export interface DnsAnswer {
  readonly name: string;
  readonly type: string;
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
  /** Records as `name ttl type data`, sorted. */
  readonly answer: readonly string[];
  readonly additional?: readonly string[];
  /** The types of the records in the authority section. */
  readonly authority?: readonly string[];
}
