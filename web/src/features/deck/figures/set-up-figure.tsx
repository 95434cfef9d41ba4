'use client';

import type { ComponentType } from 'react';
import type { DeckFigure } from '@/generated/graphql.ts';
import { CohortEnsembleFigure, CohortPairwiseFigure, CohortSizeFigure } from './cohort-figures.tsx';
import { LastFeaturesFigure, MiddleFeaturesFigure } from './feature-figures.tsx';
import { AccuracyCurveFigure, AlternatingFigure, ArchitecturesFigure, MutualPairFigure, SemiSupervisedFigure } from './pair-figures.tsx';
import { ConfidencePenaltyFigure, CrossModalFigure, DistillationFigure, SoftLabelsFigure } from './teacher-figures.tsx';

const figures: Record<DeckFigure, ComponentType> = {
  TEACHER_STUDENT: DistillationFigure,
  SOFT_LABELS: SoftLabelsFigure,
  MUTUAL_PAIR: MutualPairFigure,
  UPDATE_ORDER: AlternatingFigure,
  MIXED_PAIRS: ArchitecturesFigure,
  CURVES: AccuracyCurveFigure,
  SEMI_SUPERVISED: SemiSupervisedFigure,
  CROSS_MODAL: CrossModalFigure,
  COHORT_PAIRWISE: CohortPairwiseFigure,
  COHORT_ENSEMBLE: CohortEnsembleFigure,
  COHORT_SIZE: CohortSizeFigure,
  CONFIDENCE_PENALTY: ConfidencePenaltyFigure,
  FEATURES_LAST: LastFeaturesFigure,
  FEATURES_MIDDLE: MiddleFeaturesFigure,
};

/** The drawing of a system's set-up. */
export function SetUpFigure({ figure }: { figure: DeckFigure }) {
  const Drawing = figures[figure];
  return <Drawing />;
}
