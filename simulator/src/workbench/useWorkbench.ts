// The workbench's state: one phone, what surrounds it, and what was recorded of it.
import {
  computed,
  inject,
  nextTick,
  reactive,
  ref,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue'
import type { ProblemRecord, MiniProgramRecord, TokenRecord } from '../record'
import type { LineState, PhoneMessage } from '../wire'
import type {
  Control,
  NetworkConditions,
  PersonKind,
  PhoneSettings,
  Started,
} from '../workbenchWire'
import { sendControl, startPhone, type ControlOutcome } from './hostLine'
import { forgetStoredValues, readStoredValues, simulatorIn } from './phone/phoneWindow'
import { isBroken, lastToken, mergeRecords, problemsIn } from './records'
import {
  createSettings,
  newPerson,
  type Answers,
  type Settings,
  type WorkbenchPerson,
} from './settings'

/** How the phone is; `failed` has a reason to show in its place. */
export type PhoneState =
  { kind: 'starting' } | { kind: Exclude<LineState, 'closed'> } | { kind: 'failed'; error: string }

/** What panels read and do. */
export interface Workbench {
  readonly person: Readonly<Ref<WorkbenchPerson>>
  readonly phone: Readonly<Ref<PhoneSettings>>
  readonly answers: Readonly<Ref<Answers>>
  /** `failNext` is what is left of it. */
  readonly network: ComputedRef<NetworkConditions>
  readonly alwaysUnauthorised: Readonly<Ref<boolean>>
  /** The mini-program in the frame; undefined where there is none. */
  readonly started: Readonly<ShallowRef<Started | undefined>>
  readonly state: Readonly<Ref<PhoneState>>
  readonly isInBackground: Readonly<Ref<boolean>>
  /** For the timeline; `clearRecords` empties it. */
  readonly records: Readonly<ShallowRef<MiniProgramRecord[]>>
  readonly problems: ComputedRef<ProblemRecord[]>
  readonly token: ComputedRef<TokenRecord | undefined>
  /** What the mini-program has stored, in the clear. */
  readonly stored: Readonly<ShallowRef<Record<string, unknown>>>
  readonly frame: Ref<HTMLIFrameElement | null>
  /** Starts the mini-program anew; with `isCleared`, with nothing stored. */
  start(options?: { isCleared?: boolean }): Promise<void>
  /** Becomes somebody new of a kind, in all tabs. */
  becomeNew(kind: PersonKind): void
  setPhone(change: Partial<PhoneSettings>): void
  setAnswers(change: Partial<Answers>): Promise<ControlOutcome>
  setNetwork(change: Partial<NetworkConditions>): Promise<ControlOutcome>
  setAlwaysUnauthorised(always: boolean): Promise<ControlOutcome>
  send(control: Control): Promise<ControlOutcome>
  /** Opens the app's page that sends a burst on a dead token; there must be a `burstUrl`. */
  burst(): void
  /** The phone's back key or gesture. */
  goBack(): void
  toBackground(isInBackground: boolean): void
  removeStored(key?: string): void
  clearRecords(): void
  /** Listens to the phone and to other tabs until the page ends, and starts. */
  open(): void
}

/** How long until the server is asked again after it did not answer, in ms. */
const patience = 2_000

/** How long records are gathered before they are drawn, in ms: a burst brings hundreds. */
const gathering = 50

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
  const records = shallowRef<MiniProgramRecord[]>([])
  /** Problems and tokens, which outlive a cleared timeline. */
  const notes = shallowRef<MiniProgramRecord[]>([])
  const stored = shallowRef<Record<string, unknown>>({})
  const frame = ref<HTMLIFrameElement | null>(null)
  const broken = reactive(new Set<string>())
  const network = computed(() => ({
    ...conditions.value,
    failNext: Math.max(0, conditions.value.failNext - broken.size),
  }))
  let before: string | undefined
  let isStarting = false
  let isOvertaken = false
  let isClearing = false
  let again: number | undefined
  let gathered: MiniProgramRecord[] = []

  async function start({ isCleared = false } = {}): Promise<void> {
    clearTimeout(again)
    isClearing ||= isCleared
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
      ...(before !== undefined && { before }),
    })
    isStarting = false
    if (outcome.kind === 'started') before = outcome.started.id
    if (isOvertaken) return start()
    if (outcome.kind === 'lost') {
      state.value = outcome
      again = window.setTimeout(() => void start(), patience)
      return
    }
    // The old page must have ended, so that it stores nothing after the clearing.
    started.value = undefined
    await nextTick()
    if (isClearing) forgetStoredValues()
    isClearing = false
    forget()
    if (outcome.kind === 'failed') {
      state.value = outcome
    } else {
      state.value = { kind: 'starting' }
      started.value = outcome.started
    }
  }

  function forget() {
    gathered = []
    records.value = []
    notes.value = []
    stored.value = {}
    isInBackground.value = false
    conditions.value = network.value
    broken.clear()
  }

  async function send(control: Control): Promise<ControlOutcome> {
    if (!started.value) return { kind: 'lost' }
    return sendControl(started.value.id, control)
  }

  function gather(record: MiniProgramRecord) {
    if (gathered.length === 0) window.setTimeout(takeGathered, gathering)
    gathered.push(record)
  }
  function takeGathered() {
    const batch = gathered
    gathered = []
    records.value = mergeRecords(records.value, batch)
    notes.value = mergeRecords(
      notes.value,
      batch.filter(({ kind }) => kind === 'problem' || kind === 'token'),
    )
    for (const record of batch) if (isBroken(record)) broken.add(record.id)
  }

  function hear(message: PhoneMessage) {
    if ('record' in message) return gather(message.record)
    if ('changed' in message) {
      stored.value = readStoredValues(frame.value)
      return
    }
    if (message.line === 'open') stored.value = readStoredValues(frame.value)
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
    records,
    problems: computed(() => problemsIn(notes.value)),
    token: computed(() => lastToken(notes.value)),
    stored,
    frame,
    start,
    becomeNew(kind) {
      person.value = newPerson(kind)
      settings.person.write(person.value)
      void start({ isCleared: true })
    },
    setPhone(change) {
      phone.value = { ...phone.value, ...change }
      settings.phone.write(phone.value)
      const { theme, ...others } = change
      const simulator = simulatorIn(frame.value)
      // A phone changes its theme while apps run; the rest is fixed when they start.
      if (theme && simulator && Object.keys(others).length === 0) simulator.setTheme(theme)
      else void start()
    },
    setAnswers(change) {
      answers.value = { ...answers.value, ...change }
      settings.answers.write(answers.value)
      return send({ type: 'answers', answers: answers.value })
    },
    setNetwork(change) {
      conditions.value = { ...network.value, ...change }
      broken.clear()
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
      // So that the picture is of the burst alone.
      records.value = []
      simulatorIn(frame.value)?.open(to)
    },
    goBack() {
      if (simulatorIn(frame.value)?.back()) isInBackground.value = true
    },
    toBackground(to) {
      const simulator = simulatorIn(frame.value)
      if (!simulator) return
      if (to) simulator.hide()
      else simulator.show()
      isInBackground.value = to
    },
    removeStored(key) {
      const simulator = simulatorIn(frame.value)
      if (key === undefined) simulator?.clearStorage()
      else simulator?.removeStorage(key)
    },
    clearRecords() {
      records.value = []
    },
    open() {
      // Written at once, so that the next tab finds the same person.
      settings.person.write(person.value)
      addEventListener('message', ({ origin, source, data }: MessageEvent<PhoneMessage>) => {
        const isPhone = source !== null && source === frame.value?.contentWindow
        if (origin === location.origin && isPhone) hear(data)
      })
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

/** Where components find the workbench. */
export const workbenchKey: InjectionKey<Workbench> = Symbol('workbench')

/** The workbench of the page that a component is in. */
export const useWorkbench = (): Workbench => inject(workbenchKey)!
