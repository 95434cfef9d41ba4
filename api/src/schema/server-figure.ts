import { builder } from '../builder.ts';
import type { FigureUnit } from '../monitoring/figure-words.ts';
import type { ServerFigure as Figure } from '../monitoring/monitor.ts';

const units: FigureUnit[] = ['COUNT', 'SECONDS', 'BYTES', 'MOMENT', 'YES_OR_NO'];

export const ServerFigureUnit = builder.enumType('ServerFigureUnit', {
  description: 'How a figure is written. MOMENT: seconds since 1970. YES_OR_NO: 1 is yes.',
  values: units,
});

export const ServerFigure = builder.objectRef<Figure>('ServerFigure').implement({
  description: 'A figure of the API process that answers, one of those at /metrics.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As at /metrics, with its labels.' }),
    title: t.exposeString('title', { description: 'What it is, in words.' }),
    unit: t.expose('unit', { type: ServerFigureUnit }),
    help: t.exposeString('help'),
    value: t.exposeFloat('value'),
  }),
});

builder.queryFields((t) => ({
  serverFigures: t.field({
    authScopes: { person: true },
    type: [ServerFigure],
    description: 'How the server is: the queue, leases, reports, who listens, the event loop. Of a histogram its sum and its count.',
    resolve: (_root, _args, { monitor }) => monitor.figures(),
  }),
}));
