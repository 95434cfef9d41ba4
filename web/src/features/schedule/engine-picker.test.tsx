import { settings } from '@studyhall/contract/settings/contract.ts';
import { inputType } from '@studyhall/contract/settings/settings.ts';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormProvider as HookFormProvider, useForm } from 'react-hook-form';
import { describe, expect, it } from 'vitest';
import type { ScheduleChoicesQuery } from '@/generated/graphql.ts';
import { english } from '@/lib/numbers/separators.ts';
import { EnginePicker } from './engine-picker.tsx';
import { FormProvider } from './form-context.tsx';

const engine = inputType(settings, 'ExecutionInput').fields.find(({ name }) => name === 'engine');
const trainer = (state: 'ONLINE' | 'OFFLINE', ...engines: string[]) => ({ id: engines.join(), state, engines });

/** The choice of an engine as its texts, with that value and those trainers. */
function picker(value: string, trainers: ScheduleChoicesQuery['trainers']): string {
  function Form() {
    const form = useForm({ defaultValues: { execution: { engine: value } } });
    return (
      <HookFormProvider {...form}>
        <FormProvider
          problems={[]}
          readOnly={false}
          choices={{ datasets: [], trainers, models: [] }}
          separators={english}
          scheduledSeeds={[]}
        >
          {engine ? <EnginePicker field={engine} path="execution.engine" /> : null}
        </FormProvider>
      </HookFormProvider>
    );
  }
  return renderToStaticMarkup(<Form />).replace(/<[^>]+>/g, '|');
}

describe('the choice of an engine', () => {
  const fleet = [trainer('ONLINE', 'compiled-cpu', 'tfjs-node', 'reference'), trainer('OFFLINE', 'compiled-cuda')];

  it('says which ones no trainer offers that is there', () => {
    const text = picker('AUTO', fleet);
    expect(text).toContain('|Compiled CUDA (no trainer)|');
    expect(text).toContain('|TensorFlow (tfjs-node)|');
    expect(text).toContain('|TensorFlow on a GPU (tfjs-node-gpu) (no trainer)|');
    expect(text).not.toContain('No trainer that is online');
  });

  it('says of the one chosen where it is, or how a trainer comes to it', () => {
    expect(picker('TFJS_NODE', fleet)).toContain('On 1 trainer now.');
    expect(picker('TFJS_NODE_GPU', fleet)).toContain('runs will wait. npm run trainer -- install tfjs-node-gpu brings it');
    expect(picker('COMPILED_CUDA', fleet)).toContain('docs/guide/gpu.md says');
  });

  it('says that AUTO waits too where there is nobody, or TensorFlow on a CPU alone', () => {
    expect(picker('AUTO', [])).toContain('No trainer is online: runs will wait.');
    expect(picker('AUTO', [trainer('ONLINE', 'tfjs-node')])).toContain('No trainer that is online offers it');
  });
});
