import { expect, it } from 'vitest'
import { burstCount } from '../../../example/diagnostics/burst'

const local = 'http://127.0.0.1:3000'

it.each([
  ['20', local, 20],
  ['100', 'http://localhost:3000/api', 100],
  ['101', local, undefined],
  ['1e9', local, undefined],
  ['0', local, undefined],
  ['-1', local, undefined],
  ['many', local, undefined],
  [undefined, local, undefined],
  // A link must not start it for the users of a real backend.
  ['20', 'https://api.example', undefined],
  ['20', 'https://localhost.example', undefined],
])('a query of %s with the backend at %s asks for %s requests', (text, baseURL, count) => {
  expect(burstCount(text, baseURL)).toBe(count)
})
