/** Engines as trainers name them, fastest first. */
export const knownEngines = ['compiled-cuda', 'compiled-webgpu', 'compiled-cpu', 'reference'];
