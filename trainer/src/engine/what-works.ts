/** Which engines work on systems that have none of NVIDIA's and TensorFlow's libraries: macOS, Windows, Linux on arm64 or with another C library. */
export const whatWorksOn = (platform: string): string =>
  platform === 'darwin' || platform === 'win32'
    ? 'the engine that works here is compiled-cpu, and compiled-webgpu on its GPU'
    : 'the engine that works here is compiled-cpu';
