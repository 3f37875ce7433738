/** How long clients are waited for, and how often dead connections are looked for. */
export const patience = (requestMs: number) => ({
  requestTimeout: requestMs,
  http: {
    headersTimeout: requestMs,
    connectionsCheckingInterval: Math.min(5000, Math.max(200, requestMs / 4)),
    keepAlive: true,
    keepAliveInitialDelay: keepAliveMs,
  },
});

/** Silence on a connection after which the other side is asked whether it is still there. */
const keepAliveMs = 30_000;
