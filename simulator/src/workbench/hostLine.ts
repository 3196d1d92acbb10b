import type { Control, Inbox, NotStarted, Started, Visit } from '../workbenchWire'

/** How a start ended; `lost` means that nobody answers. */
export type StartOutcome =
  { kind: 'started'; started: Started } | { kind: 'failed'; error: string } | { kind: 'lost' }

/** How a control ended: `error` is the host's reason for a refusal, `lost` that nobody answers. */
export type ControlOutcome =
  { kind: 'done' } | { kind: 'refused'; error: string } | { kind: 'lost' }

const post = (address: string, body: unknown) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined)

const errorIn = async (answer: Response) => {
  const body = (await answer.json().catch(() => ({}))) as Partial<NotStarted>
  return body.error ?? `${answer.status} ${answer.statusText}`
}

/** Asks the host for a mini-program. */
export async function startPhone(visit: Visit): Promise<StartOutcome> {
  const answer = await post('/phone', visit)
  if (!answer) return { kind: 'lost' }
  if (!answer.ok) return { kind: 'failed', error: await errorIn(answer) }
  return { kind: 'started', started: (await answer.json()) as Started }
}

/** Changes what surrounds a mini-program while it runs. */
export async function sendControl(id: string, control: Control): Promise<ControlOutcome> {
  const answer = await post(`/phone/${id}/control`, control)
  if (!answer) return { kind: 'lost' }
  return answer.ok ? { kind: 'done' } : { kind: 'refused', error: await errorIn(answer) }
}

/** Undefined where nobody answers, or the stand-in does not. */
export async function readInbox(): Promise<Inbox | undefined> {
  const answer = await fetch('/inbox').catch(() => undefined)
  return answer?.ok ? ((await answer.json()) as Inbox) : undefined
}
