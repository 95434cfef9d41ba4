import type { PublishedFile } from '../../fetch/published-file.ts';

const sha512 = (integrity: string) => `sha512:${Buffer.from(integrity, 'base64').toString('hex')}` as const;

const npm = (name: string, version: string, integrity: string): PublishedFile => {
  const file = `${name.replace(/^.*\//, '')}-${version}.tgz`;
  return { name: file, urls: [`https://registry.npmjs.org/${name}/-/${file}`], checksum: sha512(integrity) };
};

/** TensorFlow for Linux on x86-64 as PyPI serves it: its C library is in the Python wheel. */
export const WHEEL: PublishedFile = {
  name: 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
  urls: [
    'https://files.pythonhosted.org/packages/6f/07/a691049cb74276164d8449de9e25c4f51ad3111a3eba86358395d2552fc3/tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
  ],
  checksum: 'sha256:dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
};

/** Packages by the folder that each is unpacked into; their checksums are those that npm publishes. */
export const PACKAGES: Readonly<Record<string, PublishedFile>> = {
  'node_modules/@tensorflow/tfjs-node': npm(
    '@tensorflow/tfjs-node',
    '4.22.0',
    'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  ),
  'node_modules/google-protobuf': npm(
    'google-protobuf',
    '3.21.4',
    'MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
  ),
  'node-api': npm('node-api-headers', '1.9.0', '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA=='),
};

/** Of the wheel: two libraries, the headers that the binding includes, and the licences. */
export const isTaken = (name: string): boolean =>
  /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(name) ||
  /^tensorflow\/include\/(tensorflow\/c|tsl\/c|xla\/tsl\/c)\/.*\.h$/.test(name) ||
  /^tensorflow\/include\/(tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/platform)\/ctstring[a-z_]*\.h$/.test(name) ||
  /^tensorflow\/THIRD_PARTY_NOTICES\.txt$|\.dist-info\/(METADATA|LICENSE|licenses\/.*)$/i.test(name);

/** Bytes on the disk while it is being installed: the wheel, what is taken of it, and the packages. */
export const NEEDED = 1.3e9;
