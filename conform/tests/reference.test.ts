import { beforeAll, expect, it } from 'vitest'
import type { Result } from '../src'
import { failed, openReference, routes, type Reference } from './support/reference'

let reference: Reference
beforeAll(async () => {
  reference = await openReference()
})

const skippedIn = (results: Result[]) =>
  Object.fromEntries(
    results.flatMap(({ id, outcome }) =>
      outcome.is === 'skipped' ? [[id, outcome.reason] as const] : [],
    ),
  )

it.each(['unionid', 'profile'] as const)(
  'the reference backend keeps the contract under the policy %s',
  async (policy) => {
    const app = reference.appUnder(policy)
    const both = policy === 'profile' ? { both: routes.phone } : {}
    const results = await reference.check(async (request) => app.fetch(request), {
      routes: { ...routes, ...both },
    })
    expect(failed(results)).toEqual([])
    const skipped = Object.keys(skippedIn(results))
    const floods = ['limits/flood', 'limits/flood-session', 'limits/flood-by-request']
    expect(skipped).toEqual(policy === 'profile' ? floods : ['prompts/both', ...floods])
  },
)

it('a way to sign in that the 401 does not name is not checked, and the result says so', async () => {
  const app = reference.appUnder('unionid', { isWeChatOnly: true })
  const results = await reference.check(async (request) => app.fetch(request))
  expect(failed(results)).toEqual([])
  const reason = (ways: string) => `the backend’s 401 does not name ${ways} in methods`
  expect(skippedIn(results)).toMatchObject({
    'cors/scan-secret': reason('scan'),
    'other-ways/password': reason('password'),
    'other-ways/text-code': reason('sms'),
    'other-ways/new-password': reason('sms and password'),
    'other-ways/wechat-code': reason('wechat'),
    'scans/confirm': reason('scan'),
    'scans/secret-hidden': 'no code to scan was made',
  })
})
