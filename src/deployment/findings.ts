import { findingsOf } from '../findings/finding.ts';

/** What can be wrong with the file that describes a deployment. Nothing is sent before it is read whole. */
export const DEPLOYMENT_FILE_FINDINGS = {
  'deployment/file-unreadable': {
    title: 'The file that describes the deployment can not be read',
    cause: 'It is no YAML, or it has another form than docs/deployment.md shows.',
    fix: 'Correct the place that is named above. docs/deployment.md has a whole file to start from.',
    severity: 'error',
  },
  'deployment/unknown-field': {
    title: 'The file has a field that does not exist',
    cause: 'A typing error, or a field in the wrong place.',
    fix: 'Use one of the fields that are named above. docs/deployment.md describes each.',
    severity: 'error',
  },
  'deployment/field-missing': {
    title: 'The file lacks a field',
    cause: 'Without it nothing can be checked.',
    fix: 'Add the field. docs/deployment.md describes each.',
    severity: 'error',
  },
  'deployment/field-not-usable': {
    title: 'A field of the file holds something that it can not hold',
    cause: 'A typing error, or a value of another field.',
    fix: 'Correct it. docs/deployment.md describes each field.',
    severity: 'error',
  },
  'deployment/secret-in-file': {
    title: 'The file holds a secret',
    cause: 'A client secret stands where the name of a variable belongs. Such a file is easily committed.',
    fix: 'Take it out, put the secret into a variable of the environment, and write its name as client-secret-env.',
    severity: 'error',
  },
} as const;

export const deploymentFileFinding = findingsOf(DEPLOYMENT_FILE_FINDINGS);
