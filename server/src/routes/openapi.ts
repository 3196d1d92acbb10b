import { Hono } from 'hono'
import type { AppEnv } from '../http/answer'
import { createDocument } from '../openapi/document'

/** `GET /openapi.json`: what the backend serves, for everyone. */
export function openApiRoute() {
  const document = createDocument()
  return new Hono<AppEnv>().get('/openapi.json', (c) => c.json(document))
}
