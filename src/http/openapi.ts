import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
} from 'fastify-type-provider-zod';
import { describeOperations } from './openapi-details.ts';
import type { App } from './parts.ts';

/** The OpenAPI 3.1 document at /openapi.json, made from the routes' own schemas, and its pages. */
export async function registerDocs(
  app: App,
  about: { readonly version: string; readonly publicUrl: string | undefined },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Service Lab',
        version: about.version,
        description: 'Grades Kubernetes Service manifests by the traffic they would really route.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      ...(about.publicUrl !== undefined && { servers: [{ url: about.publicUrl }] }),
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: plainSchemas }),
    transformObject: (document) => {
      const whole = pruned(transformObject(document));
      describeOperations(whole as never);
      return whole as never;
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: plainHttp,
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** The pages are served over plain http as well: nothing in them is to be asked for by https. */
const plainHttp = (policy: string): string => policy.replace(/;?\s*upgrade-insecure-requests/, '');

interface JsonSchemaContext {
  readonly jsonSchema: { [key: string]: unknown };
}

/** Leaves out what a reader of the document gains nothing from. */
const plainSchemas = {
  override({ jsonSchema }: JsonSchemaContext) {
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  },
};

const transformObject = createJsonSchemaTransformObject({ zodToJsonConfig: plainSchemas });

/** Drops component schemas that nothing refers to: each schema comes in an input and an output form. */
function pruned(document: ReturnType<typeof transformObject>): ReturnType<typeof transformObject> {
  const components = (document as { components?: { schemas?: Record<string, unknown> } })
    .components;
  const schemas = components?.schemas ?? {};
  let before: number;
  do {
    before = Object.keys(schemas).length;
    const text = JSON.stringify(document);
    for (const name of Object.keys(schemas)) {
      if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
    }
  } while (Object.keys(schemas).length < before);
  return document;
}
