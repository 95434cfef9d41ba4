'use client';

import { useId } from 'react';
import { Slider } from './input.tsx';

/** Temperatures by the slider's steps: doublings from 1 to 32, halves between. */
const temperatures = [1, 1.4, 2, 2.8, 4, 5.7, 8, 11, 16, 20, 32];

/** Chooses the temperature at which outputs are softened; 4 is one of its steps. */
export function TemperatureSlider({ temperature, onChange }: { temperature: number; onChange: (temperature: number) => void }) {
  const id = useId();
  return (
    <span className="flex items-center gap-3 text-[0.8125rem]">
      <label htmlFor={id}>Temperature</label>
      <Slider
        id={id}
        min="0"
        max={temperatures.length - 1}
        value={temperatures.indexOf(temperature)}
        aria-valuetext={`T = ${temperature}`}
        onChange={(event) => onChange(temperatures[Number(event.target.value)] ?? temperature)}
        className="w-36"
      />
      <output htmlFor={id} className="w-14">
        T = {temperature}
      </output>
    </span>
  );
}
