import type { PublishedFile } from '../../fetch/published-file.ts';
import type { TensorFlowName } from '../names.ts';

const sha512 = (integrity: string) => `sha512:${Buffer.from(integrity, 'base64').toString('hex')}` as const;

const npm = (name: string, version: string, integrity: string): PublishedFile => {
  const file = `${name.replace(/^.*\//, '')}-${version}.tgz`;
  return { name: file, urls: [`https://registry.npmjs.org/${name}/-/${file}`], checksum: sha512(integrity) };
};

/** A wheel as PyPI serves it, by the checksum that PyPI publishes. */
const pypi = (folder: string, name: string, sha256: string, size?: number): PublishedFile => ({
  name,
  urls: [`https://files.pythonhosted.org/packages/${folder}/${name}`],
  checksum: `sha256:${sha256}`,
  ...(size === undefined ? {} : { size }),
});

/** The TensorFlow that both wheels hold. */
export const VERSION = '2.21.0';

/** Libraries of CUDA 12 and cuDNN 9, each in the newest version that TensorFlow's own list (its extra `and-cuda`) allows. They are NVIDIA's, under its licences. */
const NVIDIA: readonly PublishedFile[] = [
  pypi(
    '7b/ea/9b6c36aef90766eebb4763aded157039e797ae9789c9c216e960d1d3cd47',
    'nvidia_cublas_cu12-12.9.3.13-py3-none-manylinux_2_27_x86_64.whl',
    'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72',
    581217458,
  ),
  pypi(
    'f8/02/2adcaa145158bf1a8295d83591d22e4103dbfd821bcaf6f3f53151ca4ffa',
    'nvidia_cuda_cupti_cu12-12.8.90-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    'ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182',
    10248621,
  ),
  pypi(
    '25/48/b54a06168a2190572a312bfe4ce443687773eb61367ced31e064953dd2f7',
    'nvidia_cuda_nvcc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
    40546229,
  ),
  pypi(
    'b8/85/e4af82cc9202023862090bfca4ea827d533329e925c758f0cde964cb54b7',
    'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    89568129,
  ),
  pypi(
    'bc/46/a92db19b8309581092a3add7e6fceb4c301a3fd233969856a8cbf042cd3c',
    'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    3493179,
  ),
  pypi(
    'ce/64/56ce3cad192cc75b50da3be44e36741ba963c84d3d2ca10aaa5ec16c49c3',
    'nvidia_cudnn_cu12-9.28.0.42-py3-none-manylinux_2_27_x86_64.whl',
    '9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375',
    716538495,
  ),
  pypi(
    '95/f4/61e6996dd20481ee834f57a8e9dca28b1869366a135e0d42e2aa8493bdd4',
    'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    200877592,
  ),
  pypi(
    '31/44/193a0e171750ca9f8320626e8a1f2381e4077a65e69e2fb9708bd479e34a',
    'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
    '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    68295626,
  ),
  pypi(
    '33/40/79b0c64d44d6c166c0964ec1d803d067f4a145cca23e23925fd351d0e642',
    'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
    '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    338117415,
  ),
  pypi(
    '12/46/b0fd4b04f86577921feb97d8e2cf028afe04f614d17fb5013de9282c9216',
    'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    366465088,
  ),
  pypi(
    'f3/f8/9dce3698eed6fae28078eb38f748feb1665767693d8017c099de9fbf0b08',
    'nvidia_nccl_cu12-2.32.3-py3-none-manylinux_2_27_x86_64.whl',
    'bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c',
    351526311,
  ),
  pypi(
    '46/0c/c75bbfb967457a0b7670b8ad267bfc4fffdf341c074e0a80db06c24ccfd4',
    'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
    'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    39748338,
  ),
];

/** Of these, what ONNX Runtime's library for CUDA 12 is linked to or opens: without what compiles for XLA, solves, profiles or speaks to other cards. */
export const CUDA_WHEELS: readonly PublishedFile[] = NVIDIA.filter(({ name }) =>
  /^nvidia_(cublas|cuda_runtime|cuda_nvrtc|cudnn|cufft|curand|nvjitlink)_cu12-/.test(name),
);

/** What an engine is made of, beside the packages. */
export type Build = {
  readonly wheels: readonly PublishedFile[];
  readonly packages: Readonly<Record<string, PublishedFile>>;
  /** Bytes on the disk while it is being installed: the wheels, what is taken of them, and the packages. */
  readonly needed: number;
};

/** Packages by the folder that each is unpacked into; their checksums are those that npm publishes. */
const PACKAGES: Readonly<Record<string, PublishedFile>> = {
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

/** Of TensorFlow's wheel: two libraries, the headers that the binding includes, and the licences. Of NVIDIA's: libraries, and the assembler of code for cards that TensorFlow has none for. */
export const isTaken = (name: string): boolean =>
  /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(name) ||
  /^tensorflow\/include\/(tensorflow\/c|tsl\/c|xla\/tsl\/c)\/.*\.h$/.test(name) ||
  /^tensorflow\/include\/(tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/platform)\/ctstring[a-z_]*\.h$/.test(name) ||
  /^nvidia\/[a-z_]+\/lib\/lib[A-Za-z_.-]+\.so(\.[\d.]+)?$/.test(name) ||
  /^nvidia\/cuda_nvcc\/(bin\/ptxas|nvvm\/libdevice\/[^/]+|nvvm\/lib64\/[^/]+)$/.test(name) ||
  /^tensorflow\/THIRD_PARTY_NOTICES\.txt$|\.dist-info\/(METADATA|LICENSE|licenses\/.*)$/i.test(name);

/** Without these nothing runs: a wheel that holds none of them is another one. */
export const REQUIRED: readonly string[] = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];

/** TensorFlow for Linux on x86-64: its C library is in the Python wheels. */
export const BUILDS: Readonly<Record<TensorFlowName, Build>> = {
  'tfjs-node': {
    wheels: [
      pypi(
        '6f/07/a691049cb74276164d8449de9e25c4f51ad3111a3eba86358395d2552fc3',
        'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
        'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      ),
    ],
    packages: PACKAGES,
    needed: 1.3e9,
  },
  'tfjs-node-gpu': {
    wheels: [
      pypi(
        'ce/d7/6e71b4ded8ce99cd21add95611ca14af6e9ad4f2baeabdeb79a4a6b3cb1f',
        'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
        'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
      ),
      ...NVIDIA,
    ],
    packages: PACKAGES,
    needed: 9.5e9,
  },
};
