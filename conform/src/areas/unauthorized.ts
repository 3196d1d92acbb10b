import { challengesOf, demandLoginChallenge, demandRefusal } from '../answers'
import { canonical, decodeExtended, readChallenges } from '../challenges'
import type { Area } from '../check'
import { jsonOf, memberOf } from '../exchange'
import { demand } from '../verdicts'

/** What the contract writes in quotes; realm must be by RFC 9110 section 11.5. */
const quotedParams = ['error', 'reason', 'scope', 'methods', 'realm']

export const unauthorized: Area = {
  title: '401',
  checks: {
    'unknown-token': {
      title: 'an unknown token gets 401, which asks for a login only',
      section: '401',
      async probe({ call, routes }) {
        const exchange = await call(routes.session, { token: 'conform-no-such-token' })
        demandLoginChallenge(exchange, 'an unknown token')
      },
    },
    'odd-credentials': {
      title: 'credentials that make no sense are refused',
      section: '401',
      async probe({ call, routes }) {
        for (const Authorization of [
          'Bearer',
          'Bearer a b',
          'WxLogin',
          'Basic eDp5',
          ',',
          'Bearer "',
        ]) {
          const exchange = await call(routes.session, { headers: { Authorization } })
          demandRefusal(exchange, `Authorization: ${Authorization}`, [401, 400, 403])
        }
      },
    },
    grammar: {
      title: 'every WWW-Authenticate follows the grammar of RFC 9110, in ASCII',
      section: '401',
      review(exchanges) {
        for (const exchange of exchanges) {
          const { fault, list } = challengesOf(exchange)
          demand(!fault, 'challenges by the grammar of RFC 9110, joined by commas', exchange, fault)
          for (const { params } of list) {
            const reason = params.get('reason*')
            const isDecodable = !reason || decodeExtended(reason.value) !== undefined
            demand(isDecodable, 'reason* as RFC 8187 encodes it', exchange)
          }
        }
      },
    },
    quotes: {
      title: 'the values of error, reason, scope, methods and realm are quoted',
      section: '401',
      review(exchanges) {
        for (const exchange of exchanges) {
          for (const { scheme, params } of challengesOf(exchange).list) {
            const bare = quotedParams.filter((name) => params.get(name)?.isQuoted === false)
            const wants = 'quoted values of error, reason, scope, methods and realm'
            demand(bare.length === 0, wants, exchange, `${scheme} has ${bare.join(', ')} unquoted`)
          }
        }
      },
    },
    methods: {
      title: 'the ways to sign in that Bearer names are separated by blanks',
      section: '401',
      review(exchanges) {
        for (const exchange of exchanges) {
          for (const { scheme, params } of challengesOf(exchange).list) {
            const methods = scheme === 'bearer' ? params.get('methods')?.value : undefined
            const isList = methods === undefined || /^[\w-]+( [\w-]+)*$/.test(methods)
            demand(isList, 'methods such as "sms password scan wechat"', exchange)
          }
        }
      },
    },
    'challenges-member': {
      title: 'every 401 repeats its challenges in the member `challenges`',
      section: '401',
      review(exchanges) {
        for (const exchange of exchanges) {
          const header = challengesOf(exchange)
          if (exchange.status !== 401 || header.list.length === 0) continue
          const member = memberOf(jsonOf(exchange), 'challenges')
          const isSame =
            typeof member === 'string' && canonical(readChallenges(member)) === canonical(header)
          demand(isSame, 'a member challenges that says what WWW-Authenticate says', exchange)
        }
      },
    },
  },
}
