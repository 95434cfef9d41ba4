import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));

/** The fields of a selection set, those of its fragments among them; each fragment once, as often as it may be spread. */
export function* fieldsOf(selections: SelectionSetNode, fragments: Fragments, seen = new Set<string>()): Generator<FieldNode> {
  for (const node of selections.selections) {
    if (node.kind === Kind.FIELD) yield node;
    else if (node.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(node.selectionSet, fragments, seen);
    else if (!seen.has(node.name.value)) {
      seen.add(node.name.value);
      const fragment = fragments.get(node.name.value);
      if (fragment) yield* fieldsOf(fragment.selectionSet, fragments, seen);
    }
  }
}
