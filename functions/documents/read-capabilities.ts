import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';

const interactions = (...codes: readonly string[]) => codes.map((code) => ({ code }));
const parameter = (name: string, type: string, documentation: string) => ({
  name,
  type,
  documentation,
});

/** What exists, and nothing that does not. */
const capabilities = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-25',
  kind: 'instance',
  software: { name: 'mon-espace-sante' },
  implementation: { description: 'Mon espace santé (service non officiel)' },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [
    {
      mode: 'server',
      documentation:
        'IHE MHD 4.0.1 as PDSm maps it: ITI-105 (simplified publish), ITI-67 (by POST only) and ITI-68. Deposits of lots (ITI-65), lists (ITI-66) and XML are not supported.',
      security: { cors: false, description: 'Access tokens of OpenID Connect (bearer).' },
      resource: [
        {
          type: 'DocumentReference',
          interaction: interactions('read', 'create', 'search-type'),
          versioning: 'no-version',
          conditionalCreate: false,
          searchParam: [
            parameter('patient.identifier', 'token', 'INS of the patient; only by POST _search'),
            parameter('type', 'token', 'only by POST _search'),
            parameter('category', 'token', 'only by POST _search'),
            parameter('date', 'date', 'eq, ge, gt, le, lt; only by POST _search'),
            parameter('status', 'token', 'current unless said; only by POST _search'),
          ],
          operation: [
            {
              name: 'validate',
              definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
            },
          ],
        },
        {
          type: 'Binary',
          interaction: interactions('read'),
          operation: [
            {
              name: 'validate',
              definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
            },
          ],
        },
      ],
    },
  ],
};

export const readCapabilities = operation(routes.readCapabilities, async () => ({
  status: 200,
  body: capabilities,
}));
