/**
 * From Ampere on, NVIDIA's libraries round factors to ten bits (TF32), and ONNX Runtime and TensorFlow let them; all engines are to give the same
 * numbers within rounding of float32. The libraries read this when they are loaded.
 */
export const FULL_PRECISION = { NVIDIA_TF32_OVERRIDE: '0' } as const;
