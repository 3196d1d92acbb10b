import { demandLoginChallenge, demandRefusal, demandTokenState } from '../answers'
import type { Area } from '../check'
import type { Context } from '../context'
import { dataOf, isObject, isSuccess, jsonOf, memberOf, type Exchange } from '../exchange'
import { anySession, customer, once } from '../sampleUsers'
import { stateOf } from '../tokenState'
import { demand, demandServed, succeeded } from '../verdicts'
import { demandOffered, oauthProviders } from '../ways'

const section = 'endpoints'
const path = '/auth/ways'

interface Ways {
  phoneNumber: string | null
  hasPassword: boolean
  wechat: { id: string; provider: string; isCurrent: boolean }[]
}

const providers: unknown[] = [...oauthProviders, 'wechat-mini-program']

function areWays(data: unknown): data is Ways {
  if (!isObject(data)) return false
  const { phoneNumber, hasPassword, wechat } = data
  const isUser = (one: unknown) =>
    isObject(one) &&
    typeof one.id === 'string' &&
    providers.includes(one.provider) &&
    typeof one.isCurrent === 'boolean'
  const hasNumber = phoneNumber === null || typeof phoneNumber === 'string'
  return (
    hasNumber &&
    typeof hasPassword === 'boolean' &&
    Array.isArray(wechat) &&
    wechat.every((one) => isUser(one))
  )
}

/** Rejects with Skipped where the backend lists none. */
const list = async ({ send }: Context, token: string) =>
  demandServed(await send('GET', path, { token }))

/** @throws Violation unless it is a list of the ways, as seen from a session of the mini-program */
function waysIn(exchange: Exchange): Ways & { own: string } {
  const wants =
    'the ways: { data: { phoneNumber, hasPassword, wechat: [{ id, provider, isCurrent }] } }'
  const data = dataOf(exchange)
  demand(isSuccess(exchange) && areWays(data), wants, exchange)
  const [own, ...more] = data.wechat.filter(({ isCurrent }) => isCurrent)
  const isOne = own?.provider === 'wechat-mini-program' && more.length === 0
  demand(isOne, 'the WeChat user of the session with isCurrent, and no other', exchange)
  return { ...data, own: own.id }
}

const ways = async (context: Context, token: string) => waysIn(await list(context, token))

const remove = ({ send }: Context, token: string, way: string) =>
  send('DELETE', `${path}/${encodeURIComponent(way)}`, { token })

/** Somebody whose number is removed. */
const numberRemoval = once(async (context) => {
  const { people, signIn, send } = context
  const person = await people.invent()
  const { token } = await signIn(person)
  await ways(context, token)
  const json = { code: await person.phoneCode() }
  succeeded(await send('POST', '/auth/phone-number', { token, json }))
  return { token, exchange: await remove(context, token, 'phone-number') }
})

export const ownWays: Area = {
  title: 'The ways of a person to sign in',
  checks: {
    list: {
      title: 'GET /auth/ways shows the number, masked, and the WeChat user of the session',
      section,
      async probe(context) {
        const { second, bound } = await customer(context)
        succeeded(bound)
        const exchange = await list(context, second.token)
        const { phoneNumber } = waysIn(exchange)
        const isMasked = phoneNumber !== null && (phoneNumber.match(/\d/g) ?? []).length < 8
        demand(isMasked, 'phoneNumber with some of its digits only', exchange)
      },
    },
    none: {
      title: 'GET /auth/ways has null for a number that the person has not given',
      section,
      async probe(context) {
        const exchange = await list(context, (await anySession(context)).token)
        demand(waysIn(exchange).phoneNumber === null, 'phoneNumber: null', exchange)
      },
    },
    guest: {
      title: 'GET /auth/ways is for those who have a session',
      section: '401',
      async probe(context) {
        await ways(context, (await anySession(context)).token)
        demandLoginChallenge(await context.send('GET', path), 'a guest who asks for the ways')
      },
    },
    remove: {
      title: 'DELETE /auth/ways/phone-number takes the number away, and the session goes on',
      section,
      async probe(context) {
        const { token, exchange } = await numberRemoval(context)
        demandTokenState(exchange, 'the removal of a number')
        demand(stateOf(exchange).hasPhoneNumber !== true, 'no hasPhoneNumber any more', exchange)
        const after = await list(context, token)
        demand(waysIn(after).phoneNumber === null, 'phoneNumber: null after its removal', after)
      },
    },
    missing: {
      title: 'DELETE /auth/ways/:way gets 404 for a way that the person does not have',
      section,
      async probe(context) {
        const { token } = await anySession(context)
        const { second } = await customer(context)
        await ways(context, token)
        const { own: foreign } = await ways(context, second.token)
        for (const way of ['phone-number', 'password', foreign, 'conform-no-such-way']) {
          demandRefusal(await remove(context, token, way), 'the removal of no way of theirs', [404])
        }
        const after = await list(context, second.token)
        demand(waysIn(after).own === foreign, 'the way of another person is still there', after)
      },
    },
    needed: {
      title: 'DELETE /auth/ways/:way gets 409 for the way that the session began with',
      section,
      async probe(context) {
        const { token } = await anySession(context)
        const { own } = await ways(context, token)
        demandRefusal(await remove(context, token, own), 'the removal of the way in use', [409])
        demand(isSuccess(await list(context, token)), 'the session goes on', 'it has ended')
      },
    },
    'unknown-code': {
      title: 'POST /auth/ways with an unknown code of WeChat’s OAuth gets 422 way-refused',
      section,
      async probe(context) {
        await demandOffered(context, 'wechat')
        const { token } = await anySession(context)
        await ways(context, token)
        let refusals = 0
        for (const provider of oauthProviders) {
          const json = { provider, code: 'conform-no-such-code' }
          const exchange = await context.send('POST', path, { token, json })
          demandRefusal(exchange, `an unknown code of ${provider}`, [422])
          // The other 422 is for an app that is not set up.
          const type = String(memberOf(jsonOf(exchange), 'type'))
          if (type.endsWith('/problems/way-refused')) refusals++
        }
        const wants = '/problems/way-refused, as the 401 names wechat in methods'
        demand(refusals > 0, wants, `another 422 for ${oauthProviders.join(', ')}`)
      },
    },
    shape: {
      title: 'POST /auth/ways with JSON of the wrong shape is refused with 422',
      section: 'faulty-requests',
      async probe(context) {
        await demandOffered(context, 'wechat')
        const { token } = await anySession(context)
        await ways(context, token)
        for (const json of [
          {},
          { provider: 7, code: 'conform' },
          { provider: 'conform', code: 7 },
        ]) {
          const exchange = await context.send('POST', path, { token, json })
          demandRefusal(exchange, `a way to add, ${JSON.stringify(json)}`, [422])
        }
      },
    },
  },
}
