import { askByHttp } from '../../src'
import { beforeAll, describe, expect, it } from 'vitest'
import { account } from './account'
import { answers } from './answers'
import { challenges } from './challenges'
import { otherWays } from './otherWays'
import { scans } from './scans'
import { sessions } from './sessions'
import { tokenStates } from './tokenStates'
import { failed, openReference, routes, type Forward, type Reference } from '../support/reference'

let reference: Reference
let backend: Forward
beforeAll(async () => {
  reference = await openReference()
  const app = reference.appUnder('profile')
  backend = async (request) => app.fetch(request)
})

describe('found out is a backend that', () => {
  it.each([
    ...challenges,
    ...sessions,
    ...tokenStates,
    ...answers,
    ...otherWays,
    ...scans,
    ...account,
  ])('$name', async ({ found, plant }) => {
    let lastPhoneNumber = ''
    const ask = askByHttp(`${reference.wechatUrl}/_control`, 60_000)
    const planted = plant(backend, { now: reference.now, lastPhoneNumber: () => lastPhoneNumber })
    const results = await reference.check(planted, {
      // This policy asks at one route for both.
      routes: { ...routes, both: routes.phone },
      async ask(kind, body) {
        const reply = await ask(kind, body)
        if (kind === 'person') lastPhoneNumber = String(reply?.phoneNumber)
        return reply
      },
    })
    const ids = failed(results).map(({ id, outcome }) =>
      outcome.is === 'failed' ? id : `${id} could not be checked`,
    )
    expect(ids.sort()).toEqual([...found].sort())
  })
})
