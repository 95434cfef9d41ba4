import path from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { readSettings } from '@studyhall/contract/settings/read-settings.ts';

/** Writes the contract's inputs as data, so that a new setting shows up in the form by itself. */
const settingsPreset: NonNullable<Exclude<CodegenConfig['generates'][string], unknown[]>['preset']> = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      documents: [],
      plugins: [{ settings: {} }],
      pluginMap: {
        settings: {
          plugin: (schema) => {
            const settings = JSON.stringify(readSettings(schema, 'ScheduleRunsInput'), null, 2);
            return `import type { Settings } from '@studyhall/contract/settings/settings.ts';\n\nexport const settings: Settings = ${settings};\n`;
          },
        },
      },
    },
  ],
};

/** Patterns are read from the working folder: what the repository's own folder is called must not be part of them. */
const here = path.relative(process.cwd(), import.meta.dirname) || '.';

const config: CodegenConfig = {
  schema: `${here}/../contract/schema.graphql`,
  documents: `${here}/src/**/*.graphql`,
  ignoreNoDocuments: true,
  // The form follows the contract's own order.
  config: { sort: false },
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
    [`${import.meta.dirname}/src/generated/settings.ts`]: { preset: settingsPreset },
  },
};

export default config;
