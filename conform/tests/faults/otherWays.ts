import {
  isTo,
  problemOf,
  withChallenges,
  withHeaders,
  withJson,
  withStatus,
  type PlantedFault,
} from '../support/wrap'

const isRefusal = (challenges: string) => challenges.includes('invalid_credentials')
const isAskedCode = (request: Request) => isTo(request, 'POST /auth/sms-codes')

const phoneIn = async (request: Request) =>
  /"phone":"([^"]+)"/.exec(await request.clone().text())?.[1] ?? ''

/** Edits what is answered to a number that somebody has bound. */
const forKnown =
  (
    isMeant: (request: Request) => boolean,
    edit: (response: Response) => Promise<Response>,
  ): PlantedFault['plant'] =>
  (forward, { lastPhoneNumber }) => {
    const known = new Set<string>()
    return async (request) => {
      const phone = await phoneIn(request)
      const response = await forward(request)
      if (isTo(request, 'POST /auth/phone-number') && response.ok) known.add(lastPhoneNumber())
      return known.has(phone) && isMeant(request) ? edit(response) : response
    }
  }

const refusals = ['other-ways/password', 'other-ways/text-code', 'other-ways/new-password']

/** What goes wrong with phone numbers, passwords and WeChat's OAuth. */
export const otherWays: PlantedFault[] = [
  {
    name: 'separates the ways to sign in by commas',
    found: ['unauthorized/methods'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) =>
        text.replace(/methods="[^"]*"/, (methods) => methods.replaceAll(' ', ',')),
      ),
  },
  {
    name: 'writes methods without quotes',
    found: ['unauthorized/quotes'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) =>
        text.replace(/methods="[^"]*"/, 'methods=sms'),
      ),
  },
  {
    name: 'lets the client log in with WeChat where a password is wrong',
    found: [
      ...refusals,
      'other-ways/wechat-code',
      'scans/unconfirmed',
      'scans/confirm',
      'scans/decline',
    ],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), () => 'WxLogin', isRefusal),
  },
  {
    name: 'refuses passwords and text codes with 403',
    found: [
      ...refusals,
      'other-ways/wechat-code',
      'scans/unconfirmed',
      'scans/confirm',
      'scans/decline',
    ],
    plant: (forward) => async (request) =>
      withStatus(await forward(request), 'invalid-credentials', 403),
  },
  {
    name: 'says in its refusals that somebody has the number',
    found: refusals,
    plant: forKnown(
      () => true,
      async (response) =>
        (await problemOf(response)) === 'invalid-credentials'
          ? withJson(response, (body) => ({ ...body, detail: 'wrong password' }))
          : response,
    ),
  },
  {
    name: 'lets those wait longer for a text code whose number it knows',
    found: ['other-ways/ask-code-same'],
    plant: forKnown(isAskedCode, (response) =>
      withJson(response, ({ data }) => ({ data: { ...Object(data), resendAfter: 60 } })),
    ),
  },
  {
    name: 'returns the text code',
    found: ['other-ways/ask-code-hidden'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isAskedCode(request)) return response
      return withJson(response, ({ data }) => ({ data: { ...Object(data), debug: 'code 482913' } }))
    },
  },
  {
    name: 'says in words when a text code can be sent again',
    found: ['other-ways/ask-code'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isAskedCode(request)) return response
      return withJson(response, ({ data }) => ({ data: { ...Object(data), resendAfter: '60s' } }))
    },
  },
  {
    name: 'answers 200 to a request for a text code',
    found: ['other-ways/ask-code'],
    plant: (forward) => async (request) => {
      const response = await forward(request)
      return isAskedCode(request) && response.ok
        ? withJson(response, (body) => body, 200)
        : response
    },
  },
  {
    name: 'refuses JSON of the wrong shape with 400',
    found: [
      'avatar/foreign-address',
      'other-ways/text-code-shape',
      'other-ways/password-shape',
      'other-ways/wechat-code',
      'other-ways/wechat-shape',
      'own-ways/unknown-code',
      'own-ways/shape',
      'scans/shape',
    ],
    plant: (forward) => async (request) => withStatus(await forward(request), 'invalid-body', 400),
  },
  {
    name: 'names WeChat in methods, and takes no provider',
    found: ['other-ways/wechat-code'],
    plant: (forward) => async (request) => {
      const text = await request.clone().text()
      const response = await forward(request)
      if (!text.includes('"provider"') || response.status !== 401) return response
      const answer = await withJson(
        response,
        ({ challenges: _challenges, ...body }) => ({ ...body, status: 422 }),
        422,
      )
      return withHeaders(answer, (headers) => headers.delete('WWW-Authenticate'))
    },
  },
]
