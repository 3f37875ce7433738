/** What the API server, or kubectl for it, holds against an object, in English. */
export const apiSentences: Readonly<Record<string, string>> = {
  // One field
  'api-field-required': '{field} is missing and Kubernetes needs it. {detail}',
  'api-field-invalid': '{field} cannot be {value}: {detail}',
  'api-field-not-supported': '{field} cannot be {value}: {detail}',
  'api-field-duplicate': '{field} repeats {value}, which may stand here once only.',
  'api-field-forbidden': '{field} may not be set here: {detail}',
  'api-field-too-long': '{field} is too long: {detail}',
  'api-field-too-many': '{field} has too many entries: {detail}',
  'api-field-not-found': '{field} names something that does not exist: {detail}',
  'api-field-unknown':
    'Kubernetes knows no field “{name}” in {parent}. Look at its spelling, capitals included, and at its indentation.',
  'api-field-duplicate-key': '{field} is given twice in one object.',
  'api-field-type': '{field} has a value of the wrong type: {observed} where {type} is needed.',

  // The object
  'api-kind-unknown': 'There is no kind “{kind}” in {apiVersion}. Kinds are spelled with capitals.',
  'api-version-unknown': 'The kind {kind} is not in apiVersion “{apiVersion}”.',
  'api-namespace-mismatch': 'The manifest names another namespace than the command line: {message}',
  'api-namespace-missing':
    'The namespace “{namespace}” does not exist. Create it first, or leave the namespace out.',
  'api-already-exists': 'There is a {kind} “{name}” already. To change it, use apply or replace.',
  'api-conflict': 'Somebody changed {kind} “{name}” in the meantime: {message}',
  'api-forbidden': 'The API server does not allow this: {message}',
  'api-refused': 'The API server refused {kind} “{name}”: {message}',
};
