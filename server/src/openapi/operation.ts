import type { z } from 'zod'
import type { SignInMethod } from '../http/answer'
import type { ProblemKind } from '../http/problem'
import type { PromptScheme } from '../http/requires'

/** A route as the OpenAPI document describes it. */
export interface Operation {
  /** As Hono routes it: `GET /avatars/:name`. */
  route: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`
  id: string
  summary: string
  tag: Tag
  /** What it asks of its user; `nobody` looks at no credentials at all. */
  needs: 'nobody' | 'guest' | 'session' | PromptScheme
  /** The way to sign in without which it is not served. */
  method?: SignInMethod
  /** Beside those of the path. */
  parameters?: Parameter[]
  body?: z.ZodType | 'picture'
  answer: Answer
  /** What can go wrong here, beside what can go wrong everywhere. */
  problems?: ProblemKind[]
}

/** A parameter of a request; any text if it has no schema. */
interface Parameter {
  name: string
  in: 'header' | 'query'
  required?: true
  schema?: z.ZodType
}

/** How it succeeds: with the envelope and the data in it, with nothing, or with another body. */
export type Answer =
  | { is: 'envelope'; status?: 200 | 201 | 202; data?: z.ZodType }
  | { is: 'empty' }
  | { is: 'picture' }
  | { is: 'health' }
  | { is: 'document' }

/** The groups of the document. */
export const tags = {
  session: 'Sign-in: the endpoints of the wire contract',
  business: 'The example’s business: booking a home move',
  health: 'How the process is, for what runs it',
  document: 'This document',
} as const

type Tag = keyof typeof tags

/** What is wrong with a body of JSON. */
export const jsonProblems = ['malformed-body', 'unsupported-media-type', 'invalid-body'] as const
/** What cannot be opened with a session key. */
export const openingProblems = ['session-key-expired', 'foreign-watermark'] as const
