import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** Patterns are read from the working folder: what the repository's own folder is called must not be part of them. */
const here = path.relative(process.cwd(), import.meta.dirname) || '.';

const config: CodegenConfig = {
  schema: `${here}/../contract/schema.graphql`,
  documents: `${here}/src/**/*.graphql`,
  ignoreNoDocuments: true,
  generates: {
    [`${import.meta.dirname}/src/generated/`]: {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'unmask' } },
      config: {
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
