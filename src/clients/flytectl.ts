import { type Client, clientSecretSection, configEnvironment, SECRET_VARIABLE, taskSection } from './client.ts';

/**
 * Source: flyteorg/flyte flytectl/cmd/root.go for the places, flyteidl/clients/go/admin/config.go for the names. It has
 * no variables for single values that a shell could export: their names hold dots (flytestdlib/config/viper/viper.go).
 */
export const FLYTECTL: Client = {
  name: 'flytectl',
  title: 'flytectl',
  variables: {
    FLYTECTL_CONFIG: 'The path of the config file.',
    [SECRET_VARIABLE]: 'The client secret, which the config file names. Masked.',
  },
  config: 'needed',
  looksIn: ['--config', 'the variable FLYTECTL_CONFIG', '~/.flyte/config.yaml'],
  setUp: (request) => ({
    environment: configEnvironment(request),
    config: {
      admin: {
        ...clientSecretSection(request),
        // Else it asks for no audience, whatever the deployment advertises: flyteidl token_source_provider.go.
        ...(request.audience === '' && { useAudienceFromAdmin: true }),
      },
      task: taskSection(request),
    },
  }),
};
