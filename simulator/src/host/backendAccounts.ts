// Makes a person known to a backend before the mini-program starts, as if they had used it on
// another phone: by the wire contract only (docs/protocol.md), so that any backend that keeps the
// contract will do.
import type { PersonKind, Visit } from '../workbenchWire'
import type { StandIn } from './standIn'

/** How long a backend may take for one answer, in ms. */
const timeLimit = 5_000

/** What each kind has done on the other phone. */
const pastActions: Record<PersonKind, { login: boolean; phoneNumber: boolean }> = {
  new: { login: false, phoneNumber: false },
  known: { login: true, phoneNumber: false },
  phoneBound: { login: true, phoneNumber: true },
  withoutUnionid: { login: false, phoneNumber: false },
  signedInElsewhere: { login: true, phoneNumber: true },
}

async function post(address: string, body: object, token?: string): Promise<unknown> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeLimit),
  }).catch((error: Error) => {
    throw new Error(`the backend does not answer: ${address}`, { cause: error })
  })
  if (!answer.ok) throw new Error(`the backend answered ${answer.status}: ${address}`)
  return answer.json()
}

/**
 * Signs the person in at `backend` (its base URL), as their kind has done before. Rejects with an
 * Error that says why not. Somebody who is signed in elsewhere signs in anew each
 * time; others are left as they are once the backend knows them.
 */
export function createBackendAccounts(backend: string | undefined, standIn: StandIn | undefined) {
  const known = new Set<string>()
  return async ({ person, kind }: Pick<Visit, 'person' | 'kind'>): Promise<void> => {
    const { login, phoneNumber } = pastActions[kind]
    const name = `${kind} ${person}`
    if (!login || (known.has(name) && kind !== 'signedInElsewhere')) return
    if (!standIn) throw new Error("no stand-in for WeChat's servers is connected")
    if (backend === undefined) {
      throw new Error('nobody can be known to a backend whose address is not given (--backend)')
    }
    const answer = await post(`${backend}/auth/login`, await standIn.loginCode(person))
    const { tokenState } = answer as { tokenState?: { accessToken?: string } }
    const token = tokenState?.accessToken
    if (token === undefined) {
      throw new Error(`the backend returned no token state: ${backend}/auth/login`)
    }
    if (phoneNumber)
      await post(`${backend}/auth/phone-number`, await standIn.phoneCode(person), token)
    known.add(name)
  }
}
