import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Caller } from './access/caller.ts';
import { may, type Rights } from './access/rights.ts';
import { rightsOf } from './access/rights-of.ts';
import { routeRights } from './access/route-rights.ts';
import { buildSchema } from './schema/index.ts';

const person = (role: 'VIEWER' | 'MEMBER' | 'ADMIN'): Caller => ({ kind: 'person', name: '', role, tokenId: '' });

/** The table's columns. */
export const columns = {
  stranger: { kind: 'stranger' },
  visitor: { kind: 'visitor' },
  viewer: person('VIEWER'),
  member: person('MEMBER'),
  admin: person('ADMIN'),
  trainer: { kind: 'trainer', name: '', tokenId: '' },
} as const satisfies Record<string, Caller>;

const heading = `# Who may do what

Printed by \`npm run rights -w api\` from what each field and route declares. Do not edit.

- **stranger**: comes without key or token to a Studyhall that others can reach: bound to more than this machine, with a host in \`PUBLIC_HOSTS\`,
  or behind a proxy.
- **visitor**: comes without key or token, straight from the machine that a Studyhall for nobody else runs on.
- **viewer**, **member**, **admin**: people, by the role of their account or token. The key in the printed link is an admin's; tokens made before there were
  roles are members'.
- **trainer**: comes with a trainer's token.

What is not theirs is refused: strangers and visitors with the code \`UNAUTHENTICATED\` (401 on routes), others with \`FORBIDDEN\` (403).
`;

/** The table of every query, mutation, subscription and route by who asks, in Markdown. */
export const printRights = (): string => `${[heading, ...sections(buildSchema())].join('\n')}`;

function sections(schema: GraphQLSchema): string[] {
  const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
    Object.values(type?.getFields() ?? {}).map((field) => row(`\`${field.name}\``, rightsOf(field)));
  return [
    section('Queries', fieldsOf(schema.getQueryType())),
    section('Mutations', fieldsOf(schema.getMutationType())),
    section('Subscriptions', fieldsOf(schema.getSubscriptionType())),
    section(
      'Routes',
      Object.entries(routeRights).map(([route, needed]) => row(`\`${route}\``, needed)),
    ),
  ];
}

const cells = (values: readonly string[]) => `| ${values.join(' | ')} |`;

const section = (title: string, rows: readonly string[]) =>
  [`## ${title}`, '', cells(['', ...Object.keys(columns)]), cells(['---', ...Object.keys(columns).map(() => ':-:')]), ...rows, ''].join(
    '\n',
  );

const row = (name: string, needed: Rights) => cells([name, ...Object.values(columns).map((caller) => (may(caller, needed) ? '✓' : '·'))]);

const file = fileURLToPath(new URL('../../docs/guide/rights.md', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const printed = printRights();
  if (!process.argv.includes('--check')) {
    writeFileSync(file, printed);
  } else if (readFileSync(file, 'utf8') !== printed) {
    console.error('docs/guide/rights.md differs from the code. Run: npm run rights -w api');
    process.exit(1);
  }
}
