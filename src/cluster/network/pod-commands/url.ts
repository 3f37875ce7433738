/** The parts of a web address that a client connects by. */
export interface WebAddress {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** As the Host header names it: the port only where it is not the usual one. */
  readonly hostHeader: string;
}

/** Undefined when it is no http or https address; without a scheme it is http. */
export function readUrl(text: string): WebAddress | undefined {
  const match =
    /^(?:(https?):\/\/)?(?:[^@/]*@)?([^/:?#\s]+)(?::(\d{1,5}))?([/?][^#\s]*)?(?:#.*)?$/i.exec(text);
  const [, scheme = 'http', host, port, rest = '/'] = match ?? [];
  if (host === undefined) return undefined;
  const secure = scheme.toLowerCase() === 'https';
  const usual = secure ? 443 : 80;
  const number = port === undefined ? usual : Number(port);
  if (number < 1 || number > 65_535) return undefined;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return {
    secure,
    host,
    port: number,
    path,
    hostHeader: number === usual ? host : `${host}:${number}`,
  };
}
