import { Hono } from 'hono'
import type { AppEnv, SignInMethod } from '../http/answer'
import { createDocument } from '../openapi/document'

/** `GET /openapi.json`: what the backend serves, for everyone. */
export function openApiRoute(methods: readonly SignInMethod[]) {
  const document = createDocument(methods)
  return new Hono<AppEnv>().get('/openapi.json', (c) => c.json(document))
}
