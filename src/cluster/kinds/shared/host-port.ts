/** `10.0.0.1:80`, `[fd00::1]:80` (net.JoinHostPort). */
export const joinHostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
