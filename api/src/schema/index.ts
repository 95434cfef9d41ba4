import { DirectiveLocation, GraphQLDirective, GraphQLFloat, type GraphQLSchema, GraphQLString, specifiedDirectives } from 'graphql';
import { builder } from '../builder.ts';
import { guard } from './guard.ts';
import './scalars.ts';
import './run-queries.ts';
import './leaderboard.ts';
import './experiment.ts';
import './experiment-runs.ts';
import './group.ts';
import './network.ts';
import './comparison.ts';
import './measure.ts';
import './dataset.ts';
import './trainer.ts';
import './server-figure.ts';
import './viewer.ts';
import './token.ts';
import './audit-log.ts';
import './person.ts';
import './invitation.ts';
import './run-mutations.ts';
import './bulk-mutations.ts';
import './deck.ts';
import './deck-mutations.ts';
import './seeds.ts';
import './analysis.ts';
import './analysis-mutations.ts';
import './asked-over-seeds.ts';
import './job.ts';
import './webhook.ts';
import './subscriptions.ts';

const range = new GraphQLDirective({
  name: 'range',
  description:
    "Bounds and unit of a setting; of a list, of each of its items. `above` excludes the bound itself. Read by the API (refusing), by the trainer's\n`run` (refusing without a server) and by the web form (labels, bounds).",
  locations: [DirectiveLocation.INPUT_FIELD_DEFINITION, DirectiveLocation.ARGUMENT_DEFINITION],
  args: {
    min: { type: GraphQLFloat },
    max: { type: GraphQLFloat },
    above: { type: GraphQLFloat },
    unit: { type: GraphQLString },
  },
});

/** The contract. In the order it is written in, which the web form follows. */
export function buildSchema(): GraphQLSchema {
  return guard(builder.toSchema({ sortSchema: false, directives: [...specifiedDirectives, range] }));
}
