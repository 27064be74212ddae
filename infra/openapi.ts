import * as z from 'zod';
import { OperationOutcome } from '#shared/fhir/outcome.ts';
import { internal, Problem, request } from '#shared/http/problem.ts';
import type { Route } from '#shared/http/route.ts';
import type { Entry, Named } from './entries.ts';
import { isPublic, tokenScheme } from './gateway-body.ts';
import { gateway } from './gateway-problems.ts';

type Json = Readonly<Record<string, unknown>>;

/** The documented contract, OpenAPI 3.1, from the same routes as gateway and rights: shapes in and out, callers, refusals. */
export function openApi(entries: readonly Entry[]): Json {
  const paths: Record<string, Json> = {};
  for (const { room, routes } of entries) {
    for (const route of routes) {
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: operationOf(room, route),
      };
    }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Mon espace santé',
      version: '1',
      description:
        'Service non officiel. Unknown fields are refused; answers are never cached, but for what is published.',
    },
    // Relative to where this document was read.
    servers: [{ url: './' }],
    paths,
    components: {
      schemas: {
        OperationOutcome: schemaOf(OperationOutcome, 'output'),
        Problem: schemaOf(Problem, 'output'),
      },
      securitySchemes: {
        [tokenScheme]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'An access token of the issuer of one of the kinds of caller in `x-callers`.',
        },
      },
    },
  };
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, target: 'draft-2020-12' });
  return schema;
}

function operationOf(room: string, route: Named<Route>): Json {
  const { name, summary, callers, body, answers, stream, also, fhir, form, media } = route;
  const json = fhir ? 'application/fhir+json' : 'application/json';
  const sent = form ? 'application/x-www-form-urlencoded' : json;
  const content = (type: z.ZodType) =>
    stream && !also
      ? { '*/*': {} }
      : { [media ?? json]: { schema: schemaOf(type, 'output') }, ...(also ? { [also]: {} } : {}) };
  const answered = Object.entries(answers).map(([status, type]) => [
    status,
    { description: 'Success', content: content(type) },
  ]);
  return {
    operationId: `${room}-${name}`,
    tags: [room],
    summary,
    'x-callers': callers,
    security: isPublic(callers) ? [] : [{ [tokenScheme]: [] }],
    parameters: parametersOf(route),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { [sent]: { schema: schemaOf(body, 'input') } },
          },
        }
      : {}),
    responses: { ...Object.fromEntries(answered), default: refusalsOf(route) },
  };
}

const Shape = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

function parametersOf({ parameters, query, idempotent, actsFor }: Route): readonly Json[] {
  const inside = (place: 'path' | 'query', type: z.ZodType | undefined) => {
    if (!type) return [];
    const { properties, required } = Shape.parse(schemaOf(type, 'input'));
    return Object.entries(properties).map(([name, schema]) => ({
      name,
      in: place,
      required: required.includes(name),
      schema,
    }));
  };
  return [
    ...inside('path', parameters),
    ...inside('query', query),
    ...(idempotent ? [idempotencyKey] : []),
    ...(actsFor ? [actingFor] : []),
  ];
}

const actingFor = {
  name: 'X-Acting-For',
  in: 'header',
  required: false,
  description: 'The child’s record in which a guardian acts, as his list of profiles names it.',
  schema: { type: 'string', pattern: '^[a-z0-9]{26}$' },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A retry with the same key has one effect and one answer.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
};

const codesOf = ({ room, table }: { room: string; table: object }) =>
  Object.keys(table).map((reason) => `${room}/${reason}`);
const commonCodes = [...codesOf(request), ...codesOf(gateway), internal.code];

function refusalsOf({ refusals = [], fhir }: Route): Json {
  const code = { enum: [...refusals, ...commonCodes] };
  const outcome = { schema: { $ref: '#/components/schemas/OperationOutcome' } };
  return {
    description: ['A refusal (RFC 9457), by its stable `code`.', ...refusals].join(' '),
    content: {
      // Under /fhir only the gateway itself answers problems: its own errors do not differ by path.
      ...(fhir ? { 'application/fhir+json': outcome } : {}),
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code } }] },
      },
    },
  };
}
