import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, getVariableValues, OperationTypeNode } from 'graphql';
import type { Context } from '../context.ts';
import { findRows, keepingField } from '../events/kept-rows.ts';
import { PartlyKnown } from '../events/partly-known.ts';
import { RowAnswers } from '../events/row-answers.ts';
import { fragmentsOf } from '../limits/selections.ts';

/** Rows that say the same as before are not answered again to those who ask the same of them. What a row keeps cannot fail. */
export function knownAnswers(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const answers = new RowAnswers();
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (operation?.operation !== OperationTypeNode.QUERY || !keepingField(schema, operation)) return;
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {});
        const fragments = fragmentsOf(document);
        const place = coerced && findRows({ schema, operation, fragmentOf: (name) => fragments.get(name), variables: coerced });
        if (place) contextValue.answered = new PartlyKnown(answers, place);
      },
      willSendResponse: async ({ contextValue: { answered }, response: { body } }) => {
        if (answered && body.kind === 'single') body.singleResult = answered.complete(body.singleResult);
      },
    }),
  };
}
