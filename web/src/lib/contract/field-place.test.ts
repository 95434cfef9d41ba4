import { settings } from '@studyhall/contract/settings/contract.ts';
import { describe, expect, it } from 'vitest';
import { fieldPlace } from './field-place.ts';

const place = (path: string) => fieldPlace(settings, 'ScheduleRunsInput', path);

describe('the setting a path lies in', () => {
  it('is the setting itself', () => {
    for (const path of ['seeds', 'spec.data', 'spec.networks.1.model', 'spec.method.distillation.teachers.0.run.runId'])
      expect(place(path)).toBe(path);
  });

  it('is the list, for an item of numbers or words', () => {
    expect(place('spec.data.withheldClasses.1')).toBe('spec.data.withheldClasses');
    expect(place('spec.training.schedule.step.milestones.0')).toBe('spec.training.schedule.step.milestones');
    expect(place('seeds.3')).toBe('seeds');
  });

  it('is the last known group, for what the contract does not know', () => {
    expect(place('spec.training.warmth')).toBe('spec.training');
    expect(place('elsewhere')).toBe('');
  });
});
