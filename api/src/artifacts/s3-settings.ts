import { type Environment, readText } from '../../../start/machine/environment.mjs';

/** Where a bucket is, and what opens it. */
export type S3Settings = {
  /** Without a slash at its end, e.g. https://s3.eu-central-1.amazonaws.com */
  endpoint: string;
  bucket: string;
  /** Before every name in it: empty, or ending with a slash. */
  prefix: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string | undefined;
};

const variables = ['S3_BUCKET', 'S3_ENDPOINT', 'S3_PREFIX', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_SESSION_TOKEN'];

/**
 * The bucket that the environment names; undefined if it names none.
 *
 * @throws naming the variable that is missing or cannot be: half a setting is a mistake, never a folder.
 */
export function readS3(env: Environment): S3Settings | undefined {
  const bucket = readText(env, 'S3_BUCKET');
  if (bucket === undefined) {
    const stray = variables.find((name) => readText(env, name) !== undefined);
    if (stray) throw new Error(`${stray} is set, but S3_BUCKET is not: name the bucket, or unset it for artifacts in a folder.`);
    return undefined;
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new Error(`S3_BUCKET is ${bucket}; a bucket's name has 3 to 63 lower-case letters, digits, "." and "-".`);
  const region = readText(env, 'S3_REGION') ?? 'us-east-1';
  const prefix = (readText(env, 'S3_PREFIX') ?? '').replace(/^\/+|\/+$/g, '');
  if (!/^[\w./-]*$/.test(prefix) || prefix.split('/').some((part) => part === '.' || part === '..'))
    throw new Error(`S3_PREFIX is ${prefix}; it must be a path of letters, digits, "_", "-" and ".".`);
  return {
    endpoint: readEndpoint(readText(env, 'S3_ENDPOINT') ?? `https://s3.${region}.amazonaws.com`),
    bucket,
    prefix: prefix && `${prefix}/`,
    region,
    accessKeyId: required(env, 'S3_ACCESS_KEY_ID'),
    secretAccessKey: required(env, 'S3_SECRET_ACCESS_KEY'),
    sessionToken: readText(env, 'S3_SESSION_TOKEN'),
  };
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    throw new Error(`S3_ENDPOINT is ${text}; it must be the store's address without the bucket, such as https://s3.example:9000.`);
  return url.href.replace(/\/+$/, '');
}

function required(env: Environment, name: string): string {
  const text = readText(env, name);
  if (text === undefined) throw new Error(`S3_BUCKET is set, but ${name} is not: the bucket needs it.`);
  return text;
}
