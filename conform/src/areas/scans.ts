import {
  demandCredentialsRefusal,
  demandFreshLogin,
  demandLoginChallenge,
  demandRefusal,
  demandTokenState,
} from '../answers'
import type { Area } from '../check'
import { dataOf, isObject, isSuccess, jsonOf, memberOf, type Exchange } from '../exchange'
import { anySession, customer, oldSessions } from '../sampleUsers'
import * as scanning from '../scanning'
import { findTokenState, isNumber, stateOf } from '../tokenState'
import { demand, Skipped, succeeded } from '../verdicts'
import { demandOffered } from '../ways'

const section = 'endpoints'
const otherSecret = 'conform-no-such-secret'
/** WeChat: 获取不限制的小程序码, `scene`. */
const sceneForm = /^[\w!#$&'()*+,/:;=?@.~-]{1,32}$/

/** @throws Violation unless it is the answer to a poll, with one of these statuses */
function demandStatus(exchange: Exchange, situation: string, ...statuses: string[]): void {
  const wants = `${situation}: { data: { status } } of ${statuses.join(' or ')}`
  const status = scanning.statusIn(exchange)
  demand(isSuccess(exchange) && statuses.includes(String(status)), wants, exchange)
}

export const scans: Area = {
  title: 'Codes to scan',
  checks: {
    make: {
      title:
        'POST /auth/scans is answered 201 with id, secret, expiresIn and the address of a picture',
      section,
      async probe(context) {
        const { id, made } = await scanning.unscanned(context)
        const [expiresIn, image] = ['expiresIn', 'image'].map((name) =>
          memberOf(dataOf(made), name),
        )
        const wants = '201 { data: { id, secret, expiresIn, image } }, without token state'
        demand(made.status === 201 && isNumber(expiresIn) && expiresIn > 0, wants, made)
        demand(findTokenState(made).is === 'none', wants, made)
        const isAddress = typeof image === 'string' && URL.canParse(image)
        demand(isAddress, 'an image that is an address, of https: or data:', made)
        demand(sceneForm.test(id), 'an id that WeChat takes for a scene', made)
      },
    },
    poll: {
      title: 'a poll that knows another status is answered with that of the code',
      section,
      async probe(context) {
        const scan = await scanning.unscanned(context)
        const exchange = await scanning.poll(context, scan, 'scanned')
        demandStatus(exchange, 'a code that nobody has scanned', 'waiting')
      },
    },
    'poll-token-state': {
      title: 'the answer to a poll has no token state, even if its request has a session',
      section,
      async probe(context) {
        const { token } = await anySession(context)
        const scan = await scanning.unscanned(context)
        const exchange = await scanning.poll(context, scan, 'scanned', { token })
        demand(findTokenState(exchange).is === 'none', 'a poll: no token state', exchange)
      },
    },
    'poll-secret': {
      title: 'a poll with another secret, or for an unknown code, gets 404',
      section,
      async probe(context) {
        const scan = await scanning.unscanned(context)
        const options = { secret: otherSecret }
        const other = await scanning.poll(context, scan, 'scanned', options)
        demandRefusal(other, 'a poll with another secret', [404])
        const unknown = { ...scan, id: 'conform-no-such-scan00' }
        const exchange = await scanning.poll(context, unknown, 'scanned')
        demandRefusal(exchange, 'a poll for an unknown code', [404])
      },
    },
    'poll-bound': {
      title: 'a poll of a code that nobody scans is answered within 30 s',
      section,
      async probe(context) {
        await demandOffered(context, 'scan')
        context.afford(scanning.longestPoll / 1000)
        const scan = await scanning.makeScan(context)
        const exchange = await scanning.poll(context, scan, 'waiting')
        demandStatus(exchange, 'a poll without news', 'waiting')
      },
    },
    guest: {
      title: 'a phone without a session cannot scan a code',
      section: '401',
      async probe(context) {
        const scan = await scanning.unscanned(context)
        const exchange = await scanning.act(context, scan, 'scanned')
        demandLoginChallenge(exchange, 'a scan without credentials')
      },
    },
    scanned: {
      title:
        'a phone that scans a code learns which browser asks, and the browser that it was scanned',
      section,
      async probe(context) {
        const { scan, polled, exchange } = await scanning.scanned(context)
        demandTokenState(exchange, 'a scan')
        const browser = memberOf(dataOf(exchange), 'browser')
        const { system, at } = isObject(browser) ? browser : {}
        const isKnown = typeof system === 'string' && at != null
        demand(isKnown, '{ data: { browser: { system, at } } }, as the browser said', exchange)
        demandStatus(polled, 'a poll while the code is scanned', 'waiting', 'scanned')
        const after = await scanning.poll(context, scan, 'waiting')
        demandStatus(after, 'a poll after the scan', 'scanned')
      },
    },
    unnamed: {
      title: 'what is not known of a browser is missing from what the phone learns',
      section,
      async probe(context) {
        const scan = await scanning.makeScan(context, 'conform')
        const { token } = await anySession(context)
        const exchange = succeeded(await scanning.act(context, scan, 'scanned', token))
        const browser = memberOf(dataOf(exchange), 'browser')
        const wants = '{ data: { browser: { system?, place?, at } } }, texts or nothing'
        const { system = '', place = '' } = isObject(browser) ? browser : {}
        demand(
          [system, place].every((one) => typeof one === 'string'),
          wants,
          exchange,
        )
      },
    },
    'other-phone': {
      title: 'a code that a phone has scanned is another phone’s no more: 410',
      section,
      async probe(context) {
        const { scan, exchange } = await scanning.scanned(context)
        succeeded(exchange)
        const { token } = await anySession(context)
        for (const what of ['scanned', 'confirm', 'decline'] as const) {
          const refused = await scanning.act(context, scan, what, token)
          demandRefusal(refused, `${what} by another phone`, [410])
        }
      },
    },
    unconfirmed: {
      title: 'a login with a code that is not confirmed gets 401 invalid_credentials',
      section: '401',
      async probe(context) {
        const scan = await scanning.unscanned(context)
        const exchange = await scanning.logIn(context, scan)
        demandCredentialsRefusal(exchange, 'a login with a code that nobody has confirmed')
      },
    },
    shape: {
      title: 'a login with a code of the wrong shape is refused with 422',
      section: 'faulty-requests',
      async probe(context) {
        await demandOffered(context, 'scan')
        for (const scan of [7, { id: 7, secret: [] }]) {
          const exchange = await context.send('POST', '/auth/login', { json: { scan } })
          demandRefusal(exchange, `a login with scan ${JSON.stringify(scan)}`, [422])
        }
      },
    },
    confirm: {
      title:
        'a code that was confirmed is, with its secret, exchanged for a session of the same person',
      section,
      async probe(context) {
        const { scan, token, exchange } = await scanning.confirmed(context)
        demandTokenState(exchange, 'a confirmation')
        const polled = await scanning.poll(context, scan, 'scanned')
        demandStatus(polled, 'a poll after the confirmation', 'confirmed')
        const refused = await scanning.logIn(context, { ...scan, secret: otherSecret })
        demandCredentialsRefusal(refused, 'a login with another secret')
        const login = await scanning.logIn(context, scan)
        const { accessToken } = demandTokenState(login, 'a login with a confirmed code')
        demand(accessToken !== token, 'another token than that of the phone', login)
        const { uid } = stateOf((await customer(context)).bound)
        demand(stateOf(login).uid === uid, 'the uid of the person who has confirmed', login)
      },
    },
    again: {
      title: 'a confirmed code is exchanged again, if the answer was lost',
      section,
      async probe(context) {
        const { scan, exchange } = await scanning.confirmed(context)
        succeeded(exchange)
        demandTokenState(await scanning.logIn(context, scan), 'the same login once more')
      },
    },
    decline: {
      title: 'a code that was declined signs nobody in',
      section,
      async probe(context) {
        const { scan, token, exchange } = await scanning.declined(context)
        demandTokenState(exchange, 'a refusal by the phone')
        const polled = await scanning.poll(context, scan, 'scanned')
        demandStatus(polled, 'a poll after the refusal', 'declined')
        const confirm = await scanning.act(context, scan, 'confirm', token)
        demandRefusal(confirm, 'the confirmation of a declined code', [410])
        const login = await scanning.logIn(context, scan)
        demandCredentialsRefusal(login, 'a login with a declined code')
      },
    },
    'secret-hidden': {
      title: 'the secret of a code is in no other answer, nor in the address of the picture',
      section,
      review(exchanges) {
        const secretOf = (exchange: Exchange) => memberOf(dataOf(exchange), 'secret')
        const made = exchanges.filter((exchange) => typeof secretOf(exchange) === 'string')
        if (made.length === 0) throw new Skipped('no code to scan was made')
        for (const exchange of exchanges) {
          const isMade = made.includes(exchange)
          const shown = isMade ? memberOf(dataOf(exchange), 'image') : jsonOf(exchange)
          const text = JSON.stringify(shown ?? null)
          const isHidden = !made.some((one) => {
            const secret = String(secretOf(one))
            return text.includes(secret) || text.includes(encodeURIComponent(secret))
          })
          demand(isHidden, 'no secret but in { data: { secret } } of POST /auth/scans', exchange)
        }
      },
    },
    expire: {
      title: 'a code that nobody confirms expires',
      section,
      async probe(context) {
        const scan = await scanning.makeScan(context)
        const { token } = await anySession(context)
        const expiresIn = memberOf(dataOf(scan.made), 'expiresIn')
        if (!isNumber(expiresIn)) throw new Skipped('POST /auth/scans returned no expiresIn')
        await context.pass(expiresIn + 1)
        const polled = await scanning.poll(context, scan, 'waiting')
        demandStatus(polled, 'a poll past expiresIn', 'expired')
        const scanned = await scanning.act(context, scan, 'scanned', token)
        demandRefusal(scanned, 'a scan past expiresIn', [410])
      },
    },
    'old-login': {
      title: 'a code is not confirmed by a session whose login is older than 10 minutes',
      section,
      async probe(context) {
        await demandOffered(context, 'scan')
        const { scan: token } = (await oldSessions(context)).tokens
        const scan = await scanning.makeScan(context)
        succeeded(await scanning.act(context, scan, 'scanned', token))
        const exchange = await scanning.act(context, scan, 'confirm', token)
        demandFreshLogin(exchange, 'a confirmation ten minutes after the login', 600)
        const polled = await scanning.poll(context, scan, 'waiting')
        demandStatus(polled, 'a poll after that', 'scanned')
      },
    },
  },
}
