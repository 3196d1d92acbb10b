import { z } from 'zod'
import type { SignInMethod } from '../http/answer'
import { problemKinds, statusOf, type ProblemKind } from '../http/problem'
import { health, problem, tokenState } from './answers'
import { tags, type Answer, type Operation } from './operation'
import { operations } from './operations'

type Json = Record<string, unknown>

const ref = (name: string) => ({ $ref: `#/components/${name}` })
const security = {
  guest: [{}, { token: [] }, { loginCode: [] }],
  session: [{ token: [] }, { loginCode: [] }],
}

/** Behind `authenticate`, whatever the route. */
const credentialProblems: ProblemKind[] = [
  'login-required',
  'invalid-token',
  'invalid-code',
  'too-many-requests',
  'wechat-too-frequent',
  'wechat-unavailable',
  'database-unavailable',
]
const everywhere: ProblemKind[] = ['body-too-large', 'internal']

/** The OpenAPI 3.1 document of this backend. */
export function createDocument(methods: readonly SignInMethod[]): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    if (operation.method && !methods.includes(operation.method)) continue
    const [method = '', route = ''] = operation.route.split(' ')
    const path = route.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation, path) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'watchword',
      version: '0.1.0',
      summary: 'The reference backend of the watchword wire contract',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document is' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: {
        TokenState: schemaOf(tokenState, 'output'),
        Problem: withTokenState(schemaOf(problem, 'output')),
      },
      headers,
      securitySchemes,
    },
  }
}

const headers = {
  Challenges: {
    description: 'The challenges (RFC 9110); the problem repeats them.',
    schema: { type: 'string' },
  },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
}

const securitySchemes = {
  token: { type: 'http', scheme: 'bearer', description: 'The access token of the token state' },
  loginCode: {
    type: 'http',
    scheme: 'WxLogin',
    description: 'A code of wx.login: the request brings its own login',
  },
}

function describe(operation: Operation, path: string): Json {
  const { id, summary, tag, needs, body, answer } = operation
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const others = (operation.parameters ?? []).map(({ schema, ...parameter }) => ({
    ...parameter,
    schema: schema ? schemaOf(schema, 'input') : { type: 'string' },
  }))
  const parameters = [...inPath, ...others]
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: needs === 'nobody' ? [] : needs === 'guest' ? security.guest : security.session,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: bodyOf(body) } }),
    responses: { ...success(answer, needs), ...failures(operation) },
  }
}

function bodyOf(body: z.ZodType | 'picture'): Json {
  if (body !== 'picture') return { 'application/json': { schema: schemaOf(body, 'input') } }
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  const schema = { type: 'object', properties: { file }, required: ['file'] }
  return { 'multipart/form-data': { schema } }
}

function success(answer: Answer, needs: Operation['needs']): Json {
  switch (answer.is) {
    case 'empty':
      return { 204: { description: 'Done' } }
    case 'document':
      return { 200: asJson('An OpenAPI document', { type: 'object' }) }
    case 'health':
      return { 200: asJson('It is well', schemaOf(health, 'output')) }
    case 'picture': {
      return { 200: { description: 'The picture', content: { 'image/webp': {} } } }
    }
    case 'envelope': {
      const { status = 200, data } = answer
      const envelope = withTokenState({
        type: 'object',
        ...(data && { properties: { data: schemaOf(data, 'output') }, required: ['data'] }),
        additionalProperties: false,
      })
      const description = data ? 'The data, and the token state' : 'The token state'
      return {
        [status]: asJson(description, envelope),
        // A session that a later login replaced has no token state to show.
        ...(!data &&
          needs === 'session' && { 204: { description: 'Done; the session is replaced' } }),
      }
    }
  }
}

/** The failures by their status, each with the kinds of problem it may be. */
function failures({ needs, problems = [] }: Operation): Json {
  const isPrompted = needs === 'getUserInfo' || needs === 'getPhoneNumber'
  const kinds = new Set<ProblemKind>([
    ...problems,
    ...(needs === 'nobody' ? [] : credentialProblems),
    ...(isPrompted ? ['challenged' as const] : []),
    // Before a number that is to come by text code.
    ...(needs === 'getPhoneNumber' ? ['fresh-login-required' as const] : []),
    ...everywhere,
  ])
  const answers: Json = {}
  for (const status of new Set(problemKinds.filter((kind) => kinds.has(kind)).map(statusOf))) {
    const names = problemKinds.filter((kind) => kinds.has(kind) && statusOf(kind) === status)
    const isChallenged = status === 401 || names.includes('second-proof-needed')
    answers[status] = {
      description: names.join(', '),
      ...(isChallenged && { headers: { 'WWW-Authenticate': ref('headers/Challenges') } }),
      ...((status === 429 || status === 503) && {
        headers: { 'Retry-After': ref('headers/RetryAfter') },
      }),
      content: { 'application/problem+json': { schema: ref('schemas/Problem') } },
    }
  }
  return answers
}

function asJson(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } }
}

function withTokenState(schema: Json): Json {
  const properties = { ...(schema.properties as Json), tokenState: ref('schemas/TokenState') }
  return { ...schema, properties }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    // JSON has no undefined: a member that must be undefined is one that must be missing.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {}
    },
  })
  return json
}
