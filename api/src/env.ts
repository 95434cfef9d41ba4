import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Everything that can be set from outside. */
export type Settings = {
  host: string;
  port: number;
  /** Absolute folder of everything Studyhall keeps. */
  home: string;
  databaseUrl: string | undefined;
  leaseSeconds: number;
  renewSeconds: number;
  stallSeconds: number;
  /** Hosts besides loopback and plain addresses that a browser may name in Host and Origin. */
  publicHosts: readonly string[];
  logLevel: string;
  /** Bytes that the artifacts of one token may have together. */
  artifactQuotaBytes: number;
};

const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Reads the settings from the environment.
 *
 * @throws naming the variable, its value and what would be right.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const leaseSeconds = number(env, 'LEASE_SECONDS', 15, 0.2, 3600);
  return {
    host: env.API_HOST || '127.0.0.1',
    port: number(env, 'API_PORT', 4000, 0, 65535),
    home: path.resolve(repository, env.STUDYHALL_HOME || '.studyhall'),
    databaseUrl: env.DATABASE_URL || undefined,
    leaseSeconds,
    renewSeconds: number(env, 'RENEW_SECONDS', Math.min(5, leaseSeconds / 3), 0.05, leaseSeconds),
    stallSeconds: number(env, 'STALL_SECONDS', 120, 0.2, 86_400),
    publicHosts: (env.PUBLIC_HOSTS ?? '')
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
    artifactQuotaBytes: number(env, 'ARTIFACT_QUOTA_GB', 200, 0.001, 1e6) * 1e9,
    logLevel: oneOf(env, 'LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  };
}

function number(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new Error(`${name} is "${text}"; it has to be a number from ${min} to ${max}.`);
}

function oneOf(env: NodeJS.ProcessEnv, name: string, fallback: string, allowed: readonly string[]): string {
  const value = env[name] || fallback;
  if (allowed.includes(value)) return value;
  throw new Error(`${name} is "${value}"; allowed: ${allowed.join(', ')}.`);
}
