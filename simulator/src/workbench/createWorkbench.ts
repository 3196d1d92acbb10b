import { computed, nextTick, ref, shallowRef } from 'vue'
import type { ScannedCode } from '../scannedCode'
import type { PhoneMessage } from '../wire'
import type { Control, Started } from '../workbenchWire'
import { createFirstSteps } from './createFirstSteps'
import { sendControl, startPhone, type ControlOutcome } from './hostLine'
import { createPhoneLine } from './phone/phoneLine'
import { createRecordLog } from './recordLog'
import { createSettings, newPerson, type Settings } from './settings'
import type { PhoneState, PictureOutcome, Workbench } from './useWorkbench'

/** How long until the server is asked again after it did not answer, in ms. */
const retryAfter = 2_000

/** Makes the state of one page; `settings` outlive it. */
export function createWorkbench(settings: Settings = createSettings(localStorage)): Workbench {
  const person = ref(settings.person.read())
  const phone = ref(settings.phone.read())
  const answers = ref(settings.answers.read())
  const conditions = ref(settings.network.read())
  const alwaysUnauthorised = ref(false)
  const started = shallowRef<Started>()
  const state = ref<PhoneState>({ kind: 'starting' })
  const isInBackground = ref(false)
  const stored = shallowRef<Record<string, unknown>>({})
  const frame = ref<HTMLIFrameElement | null>(null)
  const phoneLine = createPhoneLine(frame)
  const log = createRecordLog()
  const firstSteps = createFirstSteps(settings.firstSteps, () => Boolean(started.value?.burstUrl))
  const network = computed(() => ({
    ...conditions.value,
    failNext: Math.max(0, conditions.value.failNext - log.brokenCount.value),
  }))
  let before: string | undefined
  let isStarting = false
  let isOvertaken = false
  let isClearing = false
  let again: number | undefined
  /** Whether the phone in the frame does what it is sent. */
  let isListening = false
  /** Who waits for the picture that is being taken. */
  const pictureWaiters: ((outcome: PictureOutcome) => void)[] = []
  /** Of the newest start. */
  let startingCode: ScannedCode | undefined

  async function start({
    isCleared = false,
    code,
  }: { isCleared?: boolean; code?: ScannedCode } = {}): Promise<void> {
    clearTimeout(again)
    isClearing ||= isCleared
    startingCode = code
    // One at a time: each start ends the mini-program that the one before has started.
    isOvertaken = isStarting
    if (isStarting) return
    isStarting = true
    const outcome = await startPhone({
      ...person.value,
      phone: phone.value,
      answers: answers.value,
      network: network.value,
      alwaysUnauthorised: alwaysUnauthorised.value,
      ...(isClearing && { isCleared: true }),
      ...(before !== undefined && { before }),
      ...(code && { code }),
    })
    isStarting = false
    if (outcome.kind === 'started') before = outcome.started.id
    if (isOvertaken) return start({ ...(startingCode && { code: startingCode }) })
    if (outcome.kind === 'lost') {
      state.value = outcome
      again = window.setTimeout(() => void start({ ...(code && { code }) }), retryAfter)
      return
    }
    // The old page must have ended, so that it stores nothing after the new one has begun to clear.
    started.value = undefined
    await nextTick()
    if (outcome.kind === 'started') isClearing = false
    forget()
    if (outcome.kind === 'failed') {
      state.value = outcome
    } else {
      state.value = { kind: 'starting' }
      started.value = outcome.started
    }
  }

  function forget() {
    isListening = false
    endPicture({ kind: 'abandoned' })
    stored.value = {}
    isInBackground.value = false
    // Before the log forgets how many requests were broken.
    conditions.value = network.value
    log.forgetAll()
  }

  async function send(control: Control): Promise<ControlOutcome> {
    firstSteps.complete('change')
    if (!started.value) return { kind: 'lost' }
    return sendControl(started.value.id, control)
  }

  function endPicture(outcome: PictureOutcome) {
    for (const wake of pictureWaiters.splice(0)) wake(outcome)
  }

  function hear(message: PhoneMessage) {
    if ('record' in message) return log.add(message.record)
    if ('isStarted' in message) return void (isListening = true)
    if ('pressed' in message) return firstSteps.complete('use')
    if ('stored' in message) return void (stored.value = message.stored)
    if ('isInBackground' in message) {
      isInBackground.value = message.isInBackground
      return
    }
    if ('picture' in message) {
      const taken = message.picture
      return endPicture(
        'content' in taken ? { kind: 'taken', ...taken } : { kind: 'failed', ...taken },
      )
    }
    // An app can post to the page around it, too.
    if (!('line' in message)) return
    if (message.line !== 'closed') state.value = { kind: message.line }
    // The host knows it no more, as after a restart of the server.
    else if (!isStarting) void start()
  }

  return {
    person,
    phone,
    answers,
    network,
    alwaysUnauthorised,
    started,
    state,
    isInBackground,
    records: log.records,
    problems: log.problems,
    token: log.token,
    stored,
    frame,
    firstSteps,
    start,
    becomeNew(kind) {
      firstSteps.complete('change')
      person.value = newPerson(kind)
      settings.person.write(person.value)
      void start({ isCleared: true })
    },
    setPhone(change) {
      firstSteps.complete('change')
      phone.value = { ...phone.value, ...change }
      settings.phone.write(phone.value)
      const { theme, ...others } = change
      const isThemeAlone = theme !== undefined && Object.keys(others).length === 0
      // A phone changes its theme while apps run; the rest is fixed when they start.
      if (isThemeAlone && isListening) phoneLine.send({ do: 'setTheme', theme })
      else void start()
    },
    setAnswers(change) {
      answers.value = { ...answers.value, ...change }
      settings.answers.write(answers.value)
      return send({ type: 'answers', answers: answers.value })
    },
    setNetwork(change) {
      conditions.value = { ...network.value, ...change }
      log.resetBroken()
      // So many failures are for now, not for the next time the page is opened.
      settings.network.write({ ...conditions.value, failNext: 0 })
      return send({ type: 'network', network: conditions.value })
    },
    setAlwaysUnauthorised(always) {
      alwaysUnauthorised.value = always
      return send({ type: 'unauthorised', always })
    },
    send,
    burst() {
      const to = started.value?.burstUrl
      if (!to) return
      firstSteps.complete('burst')
      // So that the picture is of the burst alone.
      log.clearTimeline()
      phoneLine.send({ do: 'open', url: to })
    },
    goBack: () => phoneLine.send({ do: 'back' }),
    toBackground: (to) => phoneLine.send({ do: to ? 'hide' : 'show' }),
    scan({ page, scene }, isClosed) {
      if (isClosed || !isListening) return void start({ code: { page, scene } })
      phoneLine.send({ do: 'scan', code: { page, scene } })
    },
    takePicture: (size) =>
      new Promise((resolve) => {
        if (pictureWaiters.push(resolve) === 1) phoneLine.send({ do: 'picture', size })
      }),
    removeStored: (key) =>
      phoneLine.send({ do: 'removeStored', ...(key !== undefined && { key }) }),
    clearRecords: log.clearTimeline,
    open() {
      // Written at once, so that the next tab finds the same person.
      settings.person.write(person.value)
      phoneLine.listen(hear)
      addEventListener('storage', ({ key }) => {
        if (key !== settings.person.key) return
        const next = settings.person.read()
        if (next.person === person.value.person) return
        person.value = next
        void start()
      })
      void start()
    },
  }
}
