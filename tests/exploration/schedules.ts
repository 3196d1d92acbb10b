import fc from 'fast-check'
import type { Giving, RequestType } from './app'
import type { Policy } from './backend'
import type { Deed, Schedule, Step } from './steps'
import type { TabDeed } from './tab'
import type { Setting } from './world'

const pick = fc.constantFrom
const one = <const Name extends Deed['do']>(...names: Name[]) =>
  fc.record({ do: pick(...names) }) as fc.Arbitrary<Deed>
const which = fc.nat(5)
const kind = pick<('getUserInfo' | 'getPhoneNumber')[]>('getUserInfo', 'getPhoneNumber')
const policy: fc.Arbitrary<Partial<Policy>> = fc.oneof(
  fc.record({ routes: pick<Policy['routes'][]>('session', 'phone', 'user', 'both', 'anybody') }),
  fc.record({
    logins: pick<Policy['logins'][]>('ok', 'ok', 'refused', 'forbidden', 'busy', 'down'),
  }),
  fc.record({ refreshes: pick<Policy['refreshes'][]>('ok', 'refused', 'down') }),
  fc.record({ numbers: pick<Policy['numbers'][]>('proved', 'any') }),
  fc.record({ memory: pick<Policy['memory'][]>('poor', 'good') }),
  fc.record({ wxLogin: pick<Policy['wxLogin'][]>('known', 'unknown', 'forbidden') }),
)

const request: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('request'),
  type: pick<RequestType[]>('plain', 'plain', 'flow', 'upload', 'download', 'quiet', 'stream'),
  count: pick(1, 1, 2, 3),
})
const land: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('land'),
  which,
  fate: fc.oneof(
    { weight: 8, arbitrary: fc.constant('answered' as const) },
    {
      weight: 3,
      arbitrary: pick(
        ...(['lost', 'lostAfterwards', 'interrupted', 'broken', 'malformed', 'repeated'] as const),
      ),
    },
  ),
})
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: request },
  { weight: 18, arbitrary: land },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('code'),
      how: pick<('given' | 'failed')[]>('given', 'given', 'given', 'failed'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reach'), which }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('give'),
      kind: fc.oneof({ weight: 5, arbitrary: fc.constant('prompted' as const) }, kind),
      how: pick<Giving[]>(
        'given',
        'given',
        'given',
        'denied',
        'denied',
        'typed',
        'typed',
        'mistyped',
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('policy'), policy }) },
  { weight: 4, arbitrary: one('forget', 'rotate', 'unlearn') },
  { weight: 2, arbitrary: one('login', 'verify') },
  { weight: 2, arbitrary: one('logout', 'decline') },
  { weight: 1, arbitrary: one('restart', 'hide', 'show') },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('loginBy'), username: pick('u-li', 'u-wang') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adopt'),
      what: pick<('tokenState' | 'malformed')[]>('tokenState', 'tokenState', 'malformed'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('ensure'),
      kind: fc.oneof(kind, fc.constant('login' as const)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('press'), kind }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('tab'),
      what: pick<TabDeed[]>('logIn', 'adopt', 'logOut', 'renew'),
    }),
  },
  { weight: 3, arbitrary: one('tell') },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('piece'),
      which,
      what: pick<('head' | 'piece')[]>('head', 'piece', 'piece'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('abort'), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('storage'),
      breaks: fc.subarray(['getItem', 'setItem', 'removeItem'] as const),
    }) as fc.Arbitrary<Deed>,
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait'), ms: pick(1, 1_000, 3_000, 10_000, 61_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setClock'),
      ms: pick(-86_400_000, -60_000, 60_000, 86_400_000),
    }),
  },
)

/** Most of the time nothing else happens until the client has done what it does by itself. */
const pause = pick(-1, -1, -1, -1, 0, 1, 3)
const step: fc.Arbitrary<Step> = fc.tuple(deed, pause).map(([deed, pause]) => ({ ...deed, pause }))

const setting = (isSpokenInCodes: boolean): fc.Arbitrary<Setting> =>
  fc.record({
    isSpokenInCodes: fc.constant(isSpokenInCodes),
    hasWxLogin: pick(true, true, false),
    hasSession: fc.boolean(),
    encrypts: pick(false, false, true),
    isVersioned: pick(true, true, false),
    lifetime: pick(7_200, 7_200, 60, 20),
    concurrency: pick(undefined, 1, 2),
  })

export const schedule = (isSpokenInCodes: boolean): fc.Arbitrary<Schedule> =>
  fc.record({
    setting: setting(isSpokenInCodes),
    steps: fc.array(step, { minLength: 1, maxLength: 24, size: 'max' }),
    ending: pick<Schedule['ending'][]>('give', 'decline', 'silence'),
  })
