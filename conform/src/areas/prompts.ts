import { asksFor, challengesOf, demandRefusal, demandTokenState, schemesOf } from '../answers'
import type { Area } from '../check'
import { given } from '../context'
import { anySession, customer, unknownUser } from '../sampleUsers'
import { stateOf } from '../tokenState'
import { demand, succeeded } from '../verdicts'

const scopes = ['unionid', 'profile']

export const prompts: Area = {
  title: 'Prompts and what the user submits',
  checks: {
    phone: {
      title: 'a route that needs the phone number asks for it by 401 getPhoneNumber',
      section: '401',
      async probe(context) {
        const route = given(context.routes.phone, '--phone-route')
        const { token, state } = await anySession(context)
        const exchange = await context.call(route, { token })
        const isAsked = asksFor(exchange, 'getPhoneNumber')
        demand(isAsked, 'no phone number yet: 401 getPhoneNumber', exchange)
        demand(state.hasPhoneNumber !== true, 'hasPhoneNumber false until it is bound', exchange)
      },
    },
    'phone-code': {
      title: 'a phone code binds the number: hasPhoneNumber, a uid, and no prompt any more',
      section: 'endpoints',
      async probe(context) {
        const { bound, second } = await customer(context)
        const state = demandTokenState(bound, 'a phone code')
        demand(state.hasPhoneNumber === true, 'hasPhoneNumber true after the submit', bound)
        demand(typeof state.uid === 'string' && state.uid, 'a uid after the submit', bound)
        const { phone } = context.routes
        if (!phone) return
        const after = await context.call(phone, { token: second.token })
        const isAsked = asksFor(after, 'getPhoneNumber')
        demand(!isAsked, 'no getPhoneNumber once the number is bound', after)
      },
    },
    'phone-data': {
      title: 'an encrypted phone number binds it as well',
      section: 'endpoints',
      async probe({ people, signIn, send }) {
        const person = await people.invent()
        const { token } = await signIn(person)
        const { encryptedData, iv } = await person.phoneData()
        const json = { encryptedData, iv }
        const exchange = await send('POST', '/auth/phone-number', { token, json })
        const state = demandTokenState(exchange, 'encryptedData and iv')
        demand(state.hasPhoneNumber === true, 'hasPhoneNumber true after the submit', exchange)
      },
    },
    'phone-code-once': {
      title: 'a phone code works once',
      section: 'endpoints',
      async probe(context) {
        const { phoneCode, bound } = await customer(context)
        succeeded(bound)
        const { token } = await context.signInStranger()
        const json = { code: phoneCode }
        const exchange = await context.send('POST', '/auth/phone-number', { token, json })
        demandRefusal(exchange, 'a phone code, the second time')
      },
    },
    uid: {
      title: 'the uid of a person is the same after their next login',
      section: 'the-token-state-口令状态包',
      async probe(context) {
        const { person, bound } = await customer(context)
        const { uid } = stateOf(succeeded(bound))
        const { state } = await context.signIn(person)
        const { hasPhoneNumber } = state
        demand(state.uid === uid, 'the same uid at the next login', bound, 'the uid differs later')
        demand(hasPhoneNumber === true, 'hasPhoneNumber true at the next login, too', bound)
      },
    },
    'user-info': {
      title: 'a route that needs user info asks for it by 401 getUserInfo',
      section: '401',
      async probe(context) {
        given(context.routes.userInfo, '--user-info-route')
        const { asked } = await unknownUser(context)
        const isAsked = asked && asksFor(asked, 'getUserInfo')
        demand(isAsked, 'no user info yet: 401 getUserInfo', asked ?? 'nothing')
      },
    },
    'user-info-submit': {
      title: 'submitted user info is known: hasUserInfo, and no prompt any more',
      section: 'endpoints',
      async probe(context) {
        const { submitted, token } = await unknownUser(context)
        const state = demandTokenState(submitted, 'user info')
        demand(state.hasUserInfo === true, 'hasUserInfo true after the submit', submitted)
        const { userInfo } = context.routes
        if (!userInfo) return
        const after = await context.call(userInfo, { token })
        demand(!asksFor(after, 'getUserInfo'), 'no getUserInfo once it is known', after)
      },
    },
    flags: {
      title: 'hasUserInfo says whether a route that needs user info would ask for it',
      section: 'the-token-state-口令状态包',
      async probe(context) {
        const route = given(context.routes.userInfo, '--user-info-route')
        const { token, state } = await anySession(context)
        const exchange = await context.call(route, { token })
        const isAsked = asksFor(exchange, 'getUserInfo')
        const wants = `${isAsked ? 'no ' : ''}hasUserInfo in the login before this answer`
        demand((state.hasUserInfo === true) !== isAsked, wants, exchange)
      },
    },
    scope: {
      title: 'the scope of getUserInfo is unionid or profile',
      section: '401',
      review(exchanges) {
        for (const exchange of exchanges) {
          for (const { scheme, params } of challengesOf(exchange).list) {
            const scope = scheme === 'getuserinfo' ? params.get('scope')?.value : undefined
            const isKnown = scope === undefined || scopes.includes(scope)
            demand(isKnown, 'scope="unionid", scope="profile", or none', exchange)
          }
        }
      },
    },
    both: {
      title: 'a route that needs both asks for both at once',
      section: '401',
      async probe(context) {
        given(context.routes.both, '--both-route')
        const { askedBoth } = await unknownUser(context)
        const asked = askedBoth ? schemesOf(askedBoth).sort().join(', ') : ''
        const isBoth = askedBoth?.status === 401 && asked === 'getphonenumber, getuserinfo'
        const wants = 'nothing known yet: 401 with getUserInfo and getPhoneNumber'
        demand(isBoth, wants, askedBoth ?? 'nothing')
      },
    },
    'foreign-data': {
      title: 'data that WeChat encrypted for somebody else is refused with 409',
      section: 'endpoints',
      async probe(context) {
        const { person } = await customer(context)
        const { token } = await context.signInStranger()
        const { encryptedData, iv } = await person.phoneData()
        const json = { encryptedData, iv }
        const exchange = await context.send('POST', '/auth/phone-number', { token, json })
        demandRefusal(exchange, 'encrypted data of somebody else', [409])
        const after = await context.send('GET', '/auth/token-state', { token })
        const isUnchanged = stateOf(after).hasPhoneNumber !== true
        demand(isUnchanged, 'no phone number after a refused submit', after)
      },
    },
    'altered-data': {
      title: 'encrypted data that was altered is refused with 409',
      section: 'endpoints',
      async probe(context) {
        const { person, second } = await customer(context)
        const { encryptedData, iv } = await person.phoneData()
        const altered = Buffer.from(String(encryptedData), 'base64').reverse().toString('base64')
        const sending = { token: second.token, json: { encryptedData: altered, iv } }
        const exchange = await context.send('POST', '/auth/phone-number', sending)
        demandRefusal(exchange, 'altered encrypted data', [409])
      },
    },
  },
}
