import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { noLimits } from '@watchword/server'
import { areas } from '../src'
import { limits } from './faults/limits'
import { failed, openReference, type Forward, type Reference } from './support/reference'

/** So many logins a minute, and a few more than that for the checks to send. */
const allowed = 20
const flood = 30
/** The areas whose checks tell how a limit is answered. */
const skip = Object.keys(areas).filter((area) => !['limits', 'problems'].includes(area))

let reference: Reference
let backend: Forward
beforeAll(async () => {
  reference = await openReference()
  const logins = { count: allowed, seconds: 60 }
  const app = reference.appUnder('unionid', { limits: { ...noLimits, logins } })
  backend = async (request) => app.fetch(request)
})
/** The limit of the test before is over. */
beforeEach(() => reference.pass(61_000))

it('a backend that limits logins as the contract says passes', async () => {
  const results = await reference.check(backend, { skip, flood })
  expect(failed(results)).toEqual([])
  const floods = results.filter(({ id }) => id.startsWith('limits/flood'))
  expect(floods.map(({ outcome }) => outcome.is)).toEqual(['passed', 'passed', 'passed'])
})

it('no limit is sought unless it is asked for', async () => {
  let logins = 0
  const counting: Forward = (request) => {
    if (request.url.endsWith('/auth/login')) logins++
    return backend(request)
  }
  await reference.check(counting, { skip })
  expect(logins).toBeLessThan(allowed)
})

it('a backend without a limit has nothing to check', async () => {
  const app = reference.appUnder('unionid')
  const results = await reference.check(async (request) => app.fetch(request), { skip, flood })
  const floods = results.filter(({ id }) => id.startsWith('limits/flood'))
  expect(floods.map(({ outcome }) => outcome.is)).toEqual(['skipped', 'skipped', 'skipped'])
})

describe('found out is a backend that', () => {
  it.each(limits)('$name', async ({ found, plant }) => {
    const planted = plant(backend, { now: reference.now, lastPhoneNumber: () => '' })
    const results = await reference.check(planted, { skip, flood })
    const ids = failed(results).map(({ id, outcome }) =>
      outcome.is === 'failed' ? id : `${id} could not be checked`,
    )
    expect(ids.sort()).toEqual([...found].sort())
  })
})
