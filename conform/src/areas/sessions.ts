import { demandLoginChallenge, demandRefusal } from '../answers'
import type { Area } from '../check'
import type { Context } from '../context'
import { dataOf, isObject, isSuccess, type Exchange } from '../exchange'
import { anySession, customer, once } from '../sampleUsers'
import { demand, demandServed } from '../verdicts'

const section = 'endpoints'
const path = '/auth/sessions'

interface Listed {
  id: string
  isCurrent: boolean
}

const isTextOrNull = (value: unknown) => value === null || typeof value === 'string'
const isTime = (value: unknown) =>
  typeof value === 'string' && value.includes('T') && !Number.isNaN(Date.parse(value))
const isDay = (value: unknown) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

function isListed(one: unknown): one is Listed {
  if (!isObject(one)) return false
  const { id, isCurrent, startedAt, lastSeenOn, address, system } = one
  const isNamed = typeof id === 'string' && typeof isCurrent === 'boolean'
  const isDated = isTime(startedAt) && isDay(lastSeenOn)
  return isNamed && isDated && isTextOrNull(address) && isTextOrNull(system)
}

/** Rejects with Skipped where the backend lists none. */
const list = async ({ send }: Context, token: string) =>
  demandServed(await send('GET', path, { token }))

/** @throws Violation unless it is a list of sessions of which one asks */
function idsIn(exchange: Exchange): { own: string; all: string[] } {
  const wants =
    'the sessions: { data: [{ id, isCurrent, startedAt, lastSeenOn, address, system }] }'
  const data = dataOf(exchange)
  demand(isSuccess(exchange) && Array.isArray(data) && data.every(isListed), wants, exchange)
  const [own, ...more] = data.filter(({ isCurrent }) => isCurrent)
  demand(own !== undefined && more.length === 0, 'one of them with isCurrent', exchange)
  return { own: own.id, all: data.map(({ id }) => id) }
}

const ids = async (context: Context, token: string) => idsIn(await list(context, token))

/** @throws Violation unless a session of this token can be used */
async function demandAlive({ call, routes }: Context, token: string, which: string) {
  const exchange = await call(routes.session, { token })
  demand(isSuccess(exchange), `${which}: a success`, exchange)
}

/** @throws Violation unless a session of this token has ended */
async function demandEnded({ call, routes }: Context, token: string, which: string) {
  demandLoginChallenge(await call(routes.session, { token }), which)
}

/** Somebody with three sessions, for checks that end two of them. */
const threeSessions = once(async ({ people, signIn }) => {
  const person = await people.invent()
  const token = async () => (await signIn(person)).token
  return { own: await token(), one: await token(), other: await token() }
})

export const sessions: Area = {
  title: 'The list of sessions',
  checks: {
    list: {
      title: 'GET /auth/sessions lists the sessions of the person, and says which one asks',
      section,
      async probe(context) {
        const { first, second } = await customer(context)
        const exchange = await list(context, second.token)
        const listed = idsIn(exchange)
        const { own: other } = await ids(context, first.token)
        demand(other !== listed.own, 'another isCurrent for another session', exchange)
        demand(listed.all.includes(other), 'all sessions of the person', exchange)
      },
    },
    own: {
      title: 'GET /auth/sessions lists nobody else’s',
      section,
      async probe(context) {
        const { second } = await customer(context)
        const others = await ids(context, second.token)
        const exchange = await list(context, (await anySession(context)).token)
        const isApart = idsIn(exchange).all.every((id) => !others.all.includes(id))
        demand(isApart, 'no session of another person', exchange)
      },
    },
    guest: {
      title: 'GET /auth/sessions is for those who have a session',
      section: '401',
      async probe(context) {
        await ids(context, (await anySession(context)).token)
        demandLoginChallenge(await context.send('GET', path), 'a guest who asks for the sessions')
      },
    },
    replaced: {
      title: 'GET /auth/sessions is not for a session that was replaced',
      section,
      async probe(context) {
        const { people, signIn, send } = context
        await ids(context, (await anySession(context)).token)
        // Its own: others are looked at when time has passed.
        const person = await people.invent()
        const { token } = await signIn(person)
        await signIn(person, { replaces: token })
        demandLoginChallenge(await send('GET', path, { token }), 'a token that was replaced')
      },
    },
    end: {
      title: 'DELETE /auth/sessions/:id is answered 204, and ends that session only',
      section,
      async probe(context) {
        const { own, one } = await threeSessions(context)
        const { own: id } = await ids(context, one)
        const exchange = await context.send('DELETE', `${path}/${encodeURIComponent(id)}`, {
          token: own,
        })
        demand(exchange.status === 204, 'DELETE /auth/sessions/:id: 204', exchange)
        await demandEnded(context, one, 'a token of a session that was ended')
        await demandAlive(context, own, 'the session that has ended another')
        const after = await list(context, own)
        demand(!idsIn(after).all.includes(id), 'a list without what was ended', after)
      },
    },
    foreign: {
      title: 'DELETE /auth/sessions/:id gets 404 for a session of somebody else, and ends nothing',
      section,
      async probe(context) {
        const { token } = await anySession(context)
        const { second } = await customer(context)
        const { own: foreign } = await ids(context, second.token)
        for (const id of [foreign, 'conform-no-such-session']) {
          const exchange = await context.send('DELETE', `${path}/${encodeURIComponent(id)}`, {
            token,
          })
          demandRefusal(exchange, 'the end of a session that the person does not have', [404])
        }
        await demandAlive(context, second.token, 'a session that somebody else wanted to end')
      },
    },
    others: {
      title: 'DELETE /auth/sessions is answered 204, and ends all sessions but the one that asks',
      section,
      async probe(context) {
        const { own, one, other } = await threeSessions(context)
        await ids(context, own)
        const exchange = await context.send('DELETE', path, { token: own })
        demand(exchange.status === 204, 'DELETE /auth/sessions: 204', exchange)
        for (const token of [one, other]) {
          await demandEnded(context, token, 'a token of another session')
        }
        await demandAlive(context, own, 'the session that has ended the others')
      },
    },
  },
}
