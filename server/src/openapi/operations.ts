import { accountOperations } from './accountOperations'
import { businessOperations } from './businessOperations'
import type { Operation } from './operation'
import { signInOperations } from './signInOperations'

const ownOperations: Operation[] = [
  {
    route: 'GET /openapi.json',
    id: 'getDocument',
    summary: 'This document',
    tag: 'document',
    needs: 'nobody',
    answer: { is: 'document' },
  },
  {
    route: 'GET /health/live',
    id: 'isLive',
    summary: 'Whether the process answers',
    tag: 'health',
    needs: 'nobody',
    answer: { is: 'health' },
  },
  {
    route: 'GET /health/ready',
    id: 'isReady',
    summary: 'Whether the database answers, too',
    tag: 'health',
    needs: 'nobody',
    answer: { is: 'health' },
    problems: ['database-unavailable'],
  },
]

/** Every route the backend serves. A test compares the table with the routes. */
export const operations: Operation[] = [
  ...ownOperations,
  ...signInOperations,
  ...accountOperations,
  ...businessOperations,
]
