import { expect, it } from 'vitest';
import { readSettings } from '../env.ts';

const whole = { S3_BUCKET: 'lab', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' };

it('artifacts are in the home, in a folder, or in a bucket with what it needs', () => {
  expect(readSettings({ STUDYHALL_HOME: '/h' })).toMatchObject({ artifactFolder: '/h/artifacts', s3: undefined });
  expect(readSettings({ STUDYHALL_HOME: '/h', ARTIFACT_FOLDER: '/share' })).toMatchObject({ artifactFolder: '/share' });
  expect(readSettings({ ...whole, S3_PREFIX: '/a/b/', S3_ENDPOINT: ' http://s3.lab:9000/ ' }).s3).toMatchObject({
    endpoint: 'http://s3.lab:9000',
    prefix: 'a/b/',
    region: 'us-east-1',
  });
  expect(readSettings({ ...whole, S3_REGION: 'eu-west-1' }).s3?.endpoint).toBe('https://s3.eu-west-1.amazonaws.com');
});

it.each([
  [{ S3_ENDPOINT: 'http://s3.lab' }, 'S3_ENDPOINT is set, but S3_BUCKET is not'],
  [{ S3_BUCKET: 'lab' }, 'S3_ACCESS_KEY_ID is not'],
  [{ ...whole, S3_BUCKET: 'Lab' }, "S3_BUCKET is Lab; a bucket's name has"],
  [{ ...whole, S3_ENDPOINT: 's3.lab' }, 'S3_ENDPOINT is s3.lab; it must be'],
  [{ ...whole, S3_PREFIX: '../x' }, 'S3_PREFIX is ../x'],
  [{ ...whole, ARTIFACT_FOLDER: '/share' }, 'both set'],
])('half a setting is refused by name: %j', (env, message) => {
  expect(() => readSettings(env)).toThrow(message);
});
