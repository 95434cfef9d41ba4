import { settings } from '@studyhall/contract/settings/contract.ts';
import type { JsonValue } from '@studyhall/contract/settings/settings.ts';
import { describe, expect, it } from 'vitest';
import { type Draft, draftOf } from './draft.ts';
import { restoreDraft } from './restore-draft.ts';

const draft = (spec: JsonValue = {}): Draft =>
  draftOf(settings, 'ScheduleRunsInput', {
    spec: { dataset: 'shapes-16', networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} }, ...(spec as object) },
    seeds: [1, 2],
  });
const restored = (kept: unknown) => restoreDraft(settings, 'ScheduleRunsInput', draft(), kept);
/** The draft after somebody has changed it in place. */
const changed = (change: (draft: Draft & { spec: Draft }) => void): Draft => {
  const copy = structuredClone(draft()) as Draft & { spec: Draft };
  change(copy);
  return copy;
};

describe('a draft that was kept', () => {
  it('comes back as it was, unreadable texts, lists and other options included', () => {
    const kept = changed((copy) => {
      copy.seeds = '1-x';
      copy.tags = 'my tag, ot';
      copy.spec.networks = [{ model: 'resnet-9', view: '', dropout: '0,5' }];
      copy.spec.method = { distillation: { ...(draftOf(settings, 'DistillationInput') as Draft), temperature: 'hot' } };
      copy.spec.training = { ...(copy.spec.training as Draft), epochs: '' };
    });
    expect(restored(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it('of an older contract loses what is gone, and takes on what has come', () => {
    const kept = changed((copy) => {
      copy.warmth = '3';
      copy.priority = '7';
      delete copy.note;
      copy.spec.method = { annealing: { speed: '2' } };
      copy.spec.training = { ...(copy.spec.training as Draft), epochs: '33', selection: 'BY_HAND', schedule: 'cosine' };
      copy.spec.networks = [{ model: 'cnn-8', shape: 'round' }];
    });
    const now = restored(kept) as Draft & { spec: { training: Draft } };
    expect(now).not.toHaveProperty('warmth');
    expect(now).toMatchObject({ priority: '7', note: '', spec: { networks: [{ model: 'cnn-8', view: '' }], training: { epochs: '33' } } });
    const { method, training } = draft().spec as Draft & { training: Draft };
    expect((now.spec as Draft).method).toEqual(method);
    expect([now.spec.training.selection, now.spec.training.schedule]).toEqual([training.selection, training.schedule]);
  });

  it.each([null, 7, 'text', [], { spec: 3 }, { spec: { networks: [] } }, { seeds: 4, tags: ['a'] }])(
    'is the form as it opens where it is no draft at all: %j',
    (kept) => {
      expect(restored(kept)).toEqual(draft());
    },
  );

  it('keeps an optional group that was switched on or off', () => {
    const clipped = draft({ method: { mutual: { features: {} } } });
    expect(restored(clipped)).toEqual(clipped);
    expect(restoreDraft(settings, 'ScheduleRunsInput', clipped, draft())).toEqual(draft());
  });
});
