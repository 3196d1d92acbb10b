// The backend and WeChat's stand-in, asked past the app.
import type { Services } from './services'

/** Logs in as a person whom WeChat knows, on another phone. */
export async function logIn({ backend, wechat }: Services, person: string): Promise<string> {
  const code = await post(`${wechat}/_control/login-code`, { person })
  return tokenIn(await post(`${backend}/auth/login`, code))
}

/** Makes the backend know this person and their phone number. */
export async function register(services: Services, person: string): Promise<void> {
  const token = await logIn(services, person)
  const code = await post(`${services.wechat}/_control/phone-code`, { person })
  await post(`${services.backend}/auth/phone-number`, code, token)
}

/** Logs in by a text code to this number. */
export async function logInByNumber(services: Services, number: string): Promise<string> {
  const { backend } = services
  await post(`${backend}/auth/sms-codes`, { phone: number, purpose: 'login' })
  const smsCode = (await receivedCodes(services, number)).at(-1)
  return tokenIn(await post(`${backend}/auth/login`, { phone: number, smsCode }))
}

/** The text codes that were sent there, the newest last. */
export async function receivedCodes({ wechat }: Services, number: string): Promise<string[]> {
  const response = await fetch(`${wechat}/_control/sms?phone=${number}`)
  return ((await response.json()) as { code: string }[]).map(({ code }) => code)
}

/** The addresses of all bookings of whose token it is. */
export async function bookedBy({ backend }: Services, token: string): Promise<string[]> {
  const response = await fetch(`${backend}/bookings`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Error(`/bookings answered ${response.status}`)
  const { data } = (await response.json()) as { data: { address: string }[] }
  return data.map(({ address }) => address)
}

function tokenIn(answer: object): string {
  return (answer as { tokenState: { accessToken: string } }).tokenState.accessToken
}

async function post(url: string, body: object, token?: string): Promise<object> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return (await response.json()) as object
}
