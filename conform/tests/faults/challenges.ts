import { isPrompt, withChallenges, withHeaders, withJson, type PlantedFault } from '../support/wrap'

const codeRefusals = [
  'login/single-use',
  'login/single-use-by-request',
  'login/single-use-at-once',
  'login/unknown-code',
  'login/unknown-code-by-request',
]
const asking = ['prompts/phone', 'prompts/user-info', 'prompts/flags', 'prompts/both']

/** What goes wrong with 401. */
export const challenges: PlantedFault[] = [
  {
    name: 'prompts by 401 without WWW-Authenticate',
    found: asking,
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isPrompt(response.headers.get('WWW-Authenticate') ?? '')) return response
      return withHeaders(response, (headers) => headers.delete('WWW-Authenticate'))
    },
  },
  {
    name: 'answers 403 where it should prompt by 401',
    found: asking,
    plant: (forward) => async (request) => {
      const response = await forward(request)
      if (!isPrompt(response.headers.get('WWW-Authenticate') ?? '')) return response
      return withJson(response, (body) => ({ ...body, status: 403 }), 403)
    },
  },
  {
    name: 'writes scope without quotes',
    found: ['unauthorized/quotes'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) =>
        text.replaceAll(/scope="(\w+)"/g, 'scope=$1'),
      ),
  },
  {
    name: 'writes the reason in bytes of UTF-8',
    found: ['unauthorized/grammar', 'prompts/both'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) =>
        text.replaceAll(/reason\*=UTF-8''([^,]*)/g, (_, encoded: string) => {
          const reason = Buffer.from(decodeURIComponent(encoded)).toString('latin1')
          return `reason="${reason}"`
        }),
      ),
  },
  {
    name: 'joins challenges by semicolons',
    found: ['unauthorized/grammar', 'prompts/both'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) =>
        text.replace(', getUserInfo', '; getUserInfo'),
      ),
  },
  {
    name: 'does not repeat the challenges in the body',
    found: ['unauthorized/challenges-member'],
    plant: (forward) => async (request) =>
      withJson(await forward(request), (body) => ({ ...body, challenges: undefined })),
  },
  {
    name: 'refuses a login code without saying that it does',
    found: codeRefusals,
    plant: (forward) => async (request) =>
      withChallenges(
        await forward(request),
        () => 'WxLogin',
        (text) => text.includes('invalid_code'),
      ),
  },
  {
    name: 'prompts for the phone number where the token is dead',
    found: [
      'unauthorized/unknown-token',
      'replacement/ends',
      'ending/logout',
      'ending/account',
      'ending/expiry',
      'sessions/replaced',
      'sessions/end',
      'sessions/others',
    ],
    plant: (forward) => async (request) =>
      withChallenges(
        await forward(request),
        () => 'getPhoneNumber',
        (text) => text.includes('invalid_token'),
      ),
  },
  {
    name: 'asks for a scope that no client knows',
    found: ['prompts/scope'],
    plant: (forward) => async (request) =>
      withChallenges(await forward(request), (text) => text.replace(/scope="\w+"/, 'scope="all"')),
  },
]
