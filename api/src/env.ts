import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readChoice, readFolder, readHost, readHosts, readNumber, readPort, readText } from '../../start/machine/environment.mjs';
import { readS3, type S3Settings } from './artifacts/s3-settings.ts';

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
  /** What people type to come here, such as `https://bench.example/studyhall`: for links that are printed. */
  publicUrl: string | undefined;
  logLevel: string;
  /** How long it is kept who did what. */
  auditDays: number;
  /** Hosts on private networks that webhooks may call although others use this Studyhall, too. */
  webhookHosts: readonly string[];
  /** Absolute folder of artifacts, which several machines may share; where a bucket is named, that has them. */
  artifactFolder: string;
  s3: S3Settings | undefined;
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
  const leaseSeconds = readNumber(env, 'LEASE_SECONDS', 15, 0.2, 3600);
  const home = readFolder(env, 'STUDYHALL_HOME', '.studyhall', repository);
  const s3 = readS3(env);
  if (s3 && readText(env, 'ARTIFACT_FOLDER'))
    throw new Error('ARTIFACT_FOLDER and S3_BUCKET are both set: artifacts are kept in one place, so unset one of them.');
  return {
    host: readHost(env, 'API_HOST'),
    port: readPort(env, 'API_PORT', 4000, 0),
    home,
    artifactFolder: readFolder(env, 'ARTIFACT_FOLDER', path.join(home, 'artifacts'), repository),
    s3,
    databaseUrl: readText(env, 'DATABASE_URL'),
    leaseSeconds,
    renewSeconds: readNumber(env, 'RENEW_SECONDS', Math.min(5, leaseSeconds / 3), 0.05, leaseSeconds),
    stallSeconds: readNumber(env, 'STALL_SECONDS', 120, 0.2, 86_400),
    publicHosts: readHosts(env, 'PUBLIC_HOSTS'),
    publicUrl: readPublicUrl(env),
    webhookHosts: readHosts(env, 'WEBHOOK_HOSTS'),
    artifactQuotaBytes: readNumber(env, 'ARTIFACT_QUOTA_GB', 200, 0.001, 1e6) * 1e9,
    auditDays: readNumber(env, 'AUDIT_DAYS', 365, 1, 36_500),
    logLevel: readChoice(env, 'LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  };
}

function readPublicUrl(env: NodeJS.ProcessEnv): string | undefined {
  const text = readText(env, 'PUBLIC_URL');
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:\/\/[^?#]+$/.test(text))
    throw new Error(`PUBLIC_URL is ${text}; it has to be what people type to come here, such as https://bench.example/studyhall.`);
  return text.replace(/\/+$/, '');
}
