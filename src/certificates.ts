import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A server's certificate with its key, and the CA that clients are to trust; all PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly authority: string;
}

const day = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
/** What clients accept of a server's certificate (CA/Browser Forum). */
const serverDays = 397;
const renewedBeforeDays = 30;

/**
 * The certificate for those names from the CA of that folder. The CA is made once and kept, so that
 * kubeconfigs stay good; the certificate is made anew when its names change or its end comes near.
 * Keys are for the eyes of this account only.
 */
export async function certificateFor(
  folder: string,
  names: readonly string[],
  now: Date,
): Promise<Certificate> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await pairIn(
    folder,
    'ca',
    (cert) => lasts(cert, now),
    () => newAuthority(now),
  );
  const isGood = (cert: X509Certificate) =>
    lasts(cert, now) && isFor(cert, names) && isFrom(cert, authority.cert);
  const server = await pairIn(folder, 'server', isGood, () => newServer(authority, names, now));
  return { ...server, authority: authority.cert };
}

interface Pair {
  readonly key: string;
  readonly cert: string;
}

async function pairIn(
  folder: string,
  name: string,
  isGood: (cert: X509Certificate) => boolean,
  make: () => Promise<Pair>,
): Promise<Pair> {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  if (existsSync(keyFile) && existsSync(certFile)) {
    chmodSync(keyFile, 0o600);
    const kept = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
    if (isGood(new X509Certificate(kept.cert))) return kept;
  }
  const made = await make();
  writeWhole(keyFile, made.key);
  writeWhole(certFile, made.cert);
  return made;
}

function writeWhole(file: string, text: string): void {
  const begun = `${file}.new`;
  writeFileSync(begun, text, { mode: 0o600 });
  renameSync(begun, file);
}

const lasts = ({ validTo }: X509Certificate, now: Date): boolean =>
  Date.parse(validTo) - now.getTime() > renewedBeforeDays * day;

const isFor = (cert: X509Certificate, names: readonly string[]): boolean =>
  names.every((name) => (isIP(name) ? cert.checkIP(name) : cert.checkHost(name)) !== undefined);

const isFrom = (cert: X509Certificate, authority: string): boolean =>
  cert.checkIssued(new X509Certificate(authority));

async function newAuthority(now: Date): Promise<Pair> {
  // Two CAs of one name would be taken for each other.
  const mark = createHash('sha256').update(String(now.getTime())).digest('hex').slice(0, 8);
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: `Service Lab sandboxes ${mark}` }],
    {
      ...validity(now, authorityDays),
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  return { key, cert };
}

async function newServer(authority: Pair, names: readonly string[], now: Date): Promise<Pair> {
  const altNames = names.map((name) =>
    isIP(name) ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const),
  );
  const { private: key, cert } = await generate(
    [{ name: 'commonName', value: names[0] ?? 'localhost' }],
    {
      ...validity(now, serverDays),
      keyType: 'ec',
      algorithm: 'sha256',
      ca: { key: authority.key, cert: authority.cert },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames },
      ],
    },
  );
  return { key, cert };
}

/** From an hour ago: clocks of clients are not all right. */
const validity = (now: Date, days: number) => ({
  notBeforeDate: new Date(now.getTime() - day / 24),
  notAfterDate: new Date(now.getTime() + days * day),
});
