import type { CodegenConfig } from '@graphql-codegen/cli';
import { readSettings } from './settings/read-settings.ts';

type Preset = NonNullable<Exclude<CodegenConfig['generates'][string], unknown[]>['preset']>;

/** The inputs of scheduling and asking as data, with types as narrow as what is written: code that has to know every setting does not compile without. */
const settingsPreset: Preset = {
  buildGeneratesSection: (options) => [
    {
      ...options,
      filename: options.baseOutputDir,
      documents: [],
      plugins: [{ settings: {} }],
      pluginMap: {
        settings: {
          plugin: (schema) => {
            const settings = JSON.stringify(readSettings(schema, 'ScheduleRunsInput', 'AskAnalysisInput'), null, 2);
            return `import type { Settings } from '../settings/settings.ts';\n\nexport const generated = ${settings} as const satisfies Settings;\n`;
          },
        },
      },
    },
  ],
};

const config: CodegenConfig = {
  schema: `${import.meta.dirname}/schema.graphql`,
  // In the contract's own order.
  config: { sort: false },
  generates: { [`${import.meta.dirname}/generated/settings.ts`]: { preset: settingsPreset } },
};

export default config;
