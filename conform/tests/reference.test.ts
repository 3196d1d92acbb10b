import { beforeAll, expect, it } from 'vitest'
import { failed, openReference, routes, type Reference } from './support/reference'

let reference: Reference
beforeAll(async () => {
  reference = await openReference()
})

it.each(['unionid', 'profile'] as const)(
  'the reference backend keeps the contract under the policy %s',
  async (policy) => {
    const app = reference.appUnder(policy)
    const both = policy === 'profile' ? { both: routes.phone } : {}
    const results = await reference.check(async (request) => app.fetch(request), {
      routes: { ...routes, ...both },
    })
    expect(failed(results)).toEqual([])
    const skipped = results.filter(({ outcome }) => outcome.is === 'skipped').map(({ id }) => id)
    const floods = ['limits/flood', 'limits/flood-session', 'limits/flood-by-request']
    expect(skipped).toEqual(policy === 'profile' ? floods : ['prompts/both', ...floods])
  },
)
