/** A file that work wrote, named by its content. */
export type StoredFile = { path: string; sha256: string; bytes: number };

/** A resume state. `epoch`: whole epochs of the cohort that it covers; `teacherEpoch`: those of a teacher trained within the run, null without one. */
export type StoredCheckpoint = { epoch: number; teacherEpoch: number | null; file: StoredFile };

export type ArtifactKind = 'RESUME_STATE' | 'SELECTED_WEIGHTS' | 'FINAL_WEIGHTS' | 'TEST_LOGITS' | 'VALIDATION_LOGITS';

/** A file that is part of a job's result. */
export type StoredArtifact = { kind: ArtifactKind; network: number | null; epoch: number; file: StoredFile };
