import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ort from 'onnxruntime-node';
import type { ProviderName } from '../names.ts';

const libraryFolder = (): string => {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
};

/** ONNX Runtime's library for CUDA, where it was installed. */
export const cudaLibrary = (): string => join(libraryFolder(), 'libonnxruntime_providers_cuda.so');

/** Where Linux distributions keep the library through which drivers are found. */
const vulkanLoader = (): boolean => {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib64', '/usr/local/lib'];
  const added = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== '');
  return [...added, ...folders].some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
};

/** Whether the files that a provider needs are on this machine; whether it starts is another matter. */
export const isInstalled = (provider: ProviderName): boolean => {
  if (provider === 'cuda') return existsSync(cudaLibrary());
  if (!ort.listSupportedBackends().some(({ name }) => name === provider)) return false;
  return provider !== 'webgpu' || process.platform !== 'linux' || vulkanLoader();
};
