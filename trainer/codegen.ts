import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** Patterns are read from the working folder: what the repository's own folder is called must not be part of them. */
const here = path.relative(process.cwd(), import.meta.dirname) || '.';

/** Types of the trainer's operations. */
const config: CodegenConfig = {
  schema: `${here}/../contract/schema.graphql`,
  documents: `${here}/src/client/operations/*.graphql`,
  generates: {
    [`${import.meta.dirname}/src/client/generated/`]: {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        defaultScalarType: 'unknown',
        scalars: { DateTime: 'string', JSON: 'unknown', ID: 'string' },
        importExtension: '.ts',
      },
    },
  },
};

export default config;
