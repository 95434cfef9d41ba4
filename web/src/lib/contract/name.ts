/** A setting's name as a label: `scaleByTemperatureSquared` → `Scale by temperature squared`, `COMPILED_CPU` → `Compiled cpu`. */
export function labelOf(name: string): string {
  const words =
    name.includes('_') || name === name.toUpperCase()
      ? name.toLowerCase().replaceAll('_', ' ')
      : name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return (words.charAt(0).toUpperCase() + words.slice(1))
    .replace(/\bcpu\b/g, 'CPU')
    .replace(/\bwebgpu\b/g, 'WebGPU')
    .replace(/\bcuda\b/g, 'CUDA');
}
