import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      dataDir: 'data',
      demo: true,
      adminToken: undefined,
      trustProxy: false,
      corsOrigins: [],
    });
  });

  it('has no demo in production unless asked for', () => {
    expect(readConfig({ NODE_ENV: 'production' }).demo).toBe(false);
    expect(readConfig({ NODE_ENV: 'production', DEMO: 'on' }).demo).toBe(true);
  });

  it('can do without a rate limit', () => {
    expect(readConfig({ RATE_LIMIT: 'off' }).rateLimit).toBeUndefined();
    expect(readConfig({ RATE_LIMIT: '60' }).rateLimit).toBe(60);
  });

  it('takes networks that webhooks may go to', () => {
    const { webhookNetworks } = readConfig({ WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8, ::1,' });
    expect(webhookNetworks).toEqual(['10.0.0.0/8', '::1']);
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', ADMIN_TOKEN: '' }).port).toBe(8080);
  });

  it('names every wrong value at once', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      ADMIN_TOKEN: 'short',
      DEMO: 'maybe',
      TRUST_PROXY: 'perhaps',
      RATE_LIMIT: 'much',
      PUBLIC_URL: 'ftp://x',
      WEBHOOK_ALLOWED_NETWORKS: '10.0.0.0/8, 10.0.0.0/40',
    };
    const problems = problemsOf(wrong);
    for (const name of Object.keys(wrong)) {
      expect(problems.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
    }
  });

  it('never repeats a secret in its complaint', () => {
    expect(problemsOf({ ADMIN_TOKEN: 'hunter2' }).join()).not.toContain('hunter2');
  });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  throw new Error('was accepted');
}
