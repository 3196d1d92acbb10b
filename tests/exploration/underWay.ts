import { isLogin } from './calls'
import type { CodeCall, Flight, Phone } from './phone'

/** Logins and refreshes under way, and which of them count. */
export interface UnderWay {
  /** Whether the others have waited long enough for the login that a request carries. */
  isLate(flight: Flight): boolean
  /** Whether what it brings is of no use: the user has signed out, or another login has taken its place. */
  isGivenUp(flight: Flight): boolean
  /** Whether a session had begun when the others had waited long enough for it. */
  isOvertaken(flight: Flight): boolean
  /** A session begins: what is late brings none any more. */
  overtakeLate(): void
  /** The user has signed out. */
  giveUpAll(): void
  /** This login, or a session got elsewhere, takes the place of what is under way. */
  giveUpOthers(but?: Flight): void
  /** Another person's session has begun: no refresh is to bring back the one before. */
  giveUpRefresh(): void
  /** How many count. */
  count(): number
}

/** ms: a request that carries a login has the others wait for so long. */
const PATIENCE = 3_000
/** ms, of `wx.login` */
const LOGIN_LIMIT = 10_000

export function createUnderWay(
  phone: () => Pick<Phone, 'clock' | 'flights' | 'codeCalls'>,
): UnderWay {
  const givenUp = new Set<Flight | CodeCall>()
  const overtaken = new Set<Flight>()
  const logins = () => phone().flights.filter(isLogin)
  const age = (at: number) => phone().clock.elapsed - at
  const isLate = (flight: Flight) =>
    flight.authorization.startsWith('WxLogin') && age(flight.sentAt) >= PATIENCE

  function giveUp(flights: readonly Flight[], codeCalls = phone().codeCalls): void {
    for (const one of [...flights, ...codeCalls]) givenUp.add(one)
  }

  return {
    isLate,
    isGivenUp: (flight) => givenUp.has(flight),
    isOvertaken: (flight) => overtaken.has(flight),
    overtakeLate() {
      for (const flight of logins().filter(isLate)) overtaken.add(flight)
    },
    giveUpAll: () => giveUp(logins()),
    giveUpOthers: (but) => giveUp(logins().filter((one) => one !== but && !isLate(one))),
    giveUpRefresh: () =>
      giveUp(
        logins().filter(({ line }) => line === 'POST /wx/refresh'),
        [],
      ),
    count() {
      const { codeCalls } = phone()
      const counts = (one: Flight | CodeCall) => !givenUp.has(one)
      const inTime = codeCalls.filter((one) => age(one.askedAt) < LOGIN_LIMIT && counts(one))
      return logins().filter((one) => !isLate(one) && counts(one)).length + inTime.length
    },
  }
}
