import type { AnalysisKind as Kind } from '@studyhall/contract/analysis/kinds.ts';
import { builder } from '../builder.ts';

export const Method = builder.enumType('Method', { values: ['INDEPENDENT', 'DISTILLATION', 'MUTUAL', 'CONFIDENCE_PENALTY'] as const });

export const JobKind = builder.enumType('JobKind', {
  values: { TRAIN: { description: 'Trains a run.' }, ANALYSE: { description: 'Analyses networks that have been trained.' } } as const,
});

export const AnalysisKind = builder.enumType('AnalysisKind', {
  values: {
    GENERALISATION: { description: 'Accuracy and loss on each split, and the gaps.' },
    FLATNESS: { description: 'Loss and accuracy under noise on the weights.' },
    ENTROPY: { description: 'How uncertain outputs are.' },
    EQUIVALENT_TEMPERATURE: { description: 'The temperature at which a reference would be as uncertain.' },
    PAIRS: { description: 'Features and losses of networks, two by two.' },
    EMBEDDING: { description: 'Features of several networks in one plane.' },
  } as const satisfies Record<Kind, object>,
});

export const RunState = builder.enumType('RunState', {
  values: {
    BLOCKED: { description: 'Waits for its teachers.' },
    QUEUED: {},
    RUNNING: {},
    SUCCEEDED: {},
    FAILED: {},
    CANCELLED: {},
  } as const,
});

export const EngineChoice = builder.enumType('EngineChoice', {
  values: {
    AUTO: { description: 'The fastest that works on the trainer.' },
    COMPILED_CPU: { description: 'Compiled, on the CPU.' },
    COMPILED_WEBGPU: { description: 'Compiled, on a GPU through WebGPU.' },
    COMPILED_CUDA: { description: 'Compiled, on an NVIDIA GPU through CUDA.' },
    TFJS_NODE: { description: 'TensorFlow itself, on the CPU: slower than compiled, a second opinion on numbers. Never by AUTO.' },
    TFJS_NODE_GPU: { description: 'TensorFlow itself, on an NVIDIA GPU.' },
    REFERENCE: { description: 'Plain TensorFlow.js on the CPU: slow, the reference for tests.' },
  } as const,
});

export const NetworkRole = builder.enumType('NetworkRole', {
  values: {
    STUDENT: { description: 'Learns from labels, and from teachers if it has any; the others of its cohort do not matter to it.' },
    PEER: { description: 'Learns from the others of its cohort, as they do from it (mutual).' },
    TEACHER: { description: 'Is trained first, and teaches the cohort.' },
  } as const,
});

export const ArtifactKind = builder.enumType('ArtifactKind', {
  values: {
    RESUME_STATE: { description: 'Everything needed to go on: weights, optimizer, statistics, position.' },
    SELECTED_WEIGHTS: { description: 'Weights at the selected epoch.' },
    FINAL_WEIGHTS: { description: 'Weights at the last epoch.' },
    TEST_LOGITS: { description: 'Per-sample logits on the test split, and its labels.' },
    VALIDATION_LOGITS: { description: 'Per-sample logits on the validation split, its labels, and its places in the training split.' },
  } as const,
});

export const LogLevel = builder.enumType('LogLevel', { values: ['INFO', 'WARN', 'ERROR'] as const });

export const TrainerState = builder.enumType('TrainerState', {
  values: { ONLINE: {}, STOPPING: { description: 'Finishes what it runs, takes nothing new.' }, OFFLINE: {} } as const,
});

export const Role = builder.enumType('Role', {
  description: 'What a person may do.',
  values: {
    VIEWER: { description: 'Reads.' },
    MEMBER: { description: 'Schedules, cancels, notes.' },
    ADMIN: { description: 'Lets people and machines in, and changes what is everybody’s.' },
  } as const,
});

export const TokenRole = builder.enumType('TokenRole', { values: ['PERSON', 'TRAINER'] as const });

export const SortDirection = builder.enumType('SortDirection', { values: ['ASC', 'DESC'] as const });
