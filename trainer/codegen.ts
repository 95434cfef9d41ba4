import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the trainer's operations, from the contract. */
const config: CodegenConfig = {
  schema: `${import.meta.dirname}/../api/schema.graphql`,
  documents: `${import.meta.dirname}/src/client/operations/*.graphql`,
  silent: true,
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
