import type { NetworkSettings } from './run-spec.ts';

/** What a spec is held against: a dataset as it was announced, or as it was read. */
export type DatasetFacts = {
  readonly name: string;
  readonly views: readonly View[];
  readonly classCount: number;
  /** Images of the official training split. */
  readonly trainSize: number;
};

type View = { readonly name: string; readonly shape: readonly number[] };

/** The view that a network sees: the first, unless it names another; absent where there is none of that name. */
export function viewOf({ view }: Pick<NetworkSettings, 'view'>, { views }: Pick<DatasetFacts, 'views'>): View | undefined {
  return view === null ? views[0] : views.find(({ name }) => name === view);
}
