import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { useAuthStore } from 'watchword'
import { onQuery } from 'watchword/host'
import { failureText } from '../api'
import { auth, baseURL } from '../auth'
import { language } from '../language'
import { journal } from './appJournal'
import { burst, burstCount, type BurstResult } from './burst'
import { checkHeaders, type HeaderCheck } from './headerCheck'
import { readPhone, type PhoneFacts } from './phoneFacts'
import { writeReport } from './report'
import { sectionsOf, type Section } from './sections'
import { readSession } from './sessionFacts'
import { diagnosticsTexts } from './texts'

/** ms; the view is not drawn anew for each event of a burst. */
const drawPause = 200

/** What one looks for after a trial; all 200 make a long page. */
const shortLength = 30

/** A section, and the button it may have. */
interface ShownSection extends Section {
  intro?: string
  button?: string
  isBusy?: boolean
  isOff?: boolean
  press?: () => unknown
}

/** What the page 登录诊断 knows and does. To be called in its `setup`. */
export function useDiagnostics() {
  const store = useAuthStore()
  const phone = shallowRef<PhoneFacts>()
  const headers = shallowRef<HeaderCheck>()
  const isChecking = ref(false)
  const events = shallowRef(journal.events)
  const showsAll = ref(false)
  const session = shallowRef(look())
  const isRunning = ref(false)
  const burstResult = shallowRef<BurstResult>()
  const burstFailure = ref('')

  function look() {
    return readSession(auth, readStored(), Date.now())
  }

  function draw(): void {
    events.value = journal.events
    session.value = look()
  }

  let stop = () => {}
  let drawing: (() => void) | undefined
  function drawSoon(): void {
    drawing ??= journal.platform.after(drawPause, () => {
      drawing = undefined
      draw()
    })
  }

  async function check(): Promise<void> {
    if (isChecking.value) return
    isChecking.value = true
    headers.value = await checkHeaders(baseURL)
    isChecking.value = false
  }

  async function run(count: number): Promise<void> {
    // It would sign in who has signed out.
    if (isRunning.value || auth.signedOut) return
    isRunning.value = true
    burstFailure.value = ''
    burstResult.value = undefined
    try {
      burstResult.value = await burst(auth, baseURL, count)
    } catch (error) {
      burstFailure.value = failureText(error)
    } finally {
      isRunning.value = false
    }
  }

  const known = () => ({
    language: language.value,
    phone: phone.value,
    headers: headers.value,
    session: session.value,
    burst: burstResult.value,
    events: events.value,
  })

  async function report(): Promise<string> {
    phone.value = await readPhone()
    draw()
    return writeReport({
      ...known(),
      baseURL,
      now: Date.now(),
      startedAt: journal.startedAt,
    })
  }

  const sections = computed<ShownSection[]>(() => {
    const texts = diagnosticsTexts.value
    const all = known()
    const shown = showsAll.value ? all.events : all.events.slice(-shortLength)
    return sectionsOf({ ...all, events: shown }, texts).map((section) => {
      switch (section.id) {
        case 'headers':
          return { ...section, button: texts.checkAgain, isBusy: isChecking.value, press: check }
        case 'burst':
          return {
            ...section,
            ...(burstFailure.value && { verdict: burstFailure.value, isBad: true }),
            intro: store.signedOut ? texts.burstSignedOut : texts.burstIntro,
            button: texts.run,
            isBusy: isRunning.value,
            isOff: store.signedOut,
            press: () => run(20),
          }
        case 'events':
          return {
            ...section,
            ...(all.events.length > shortLength && {
              button: texts[showsAll.value ? 'showLess' : 'showAll'],
            }),
            press: () => void (showsAll.value = !showsAll.value),
          }
        default:
          return section
      }
    })
  })

  onQuery(({ burst: asked }) => {
    // `?burst=100` runs one at once, for the workbench; a count of its requests must include no others.
    const count = burstCount(asked, baseURL)
    if (count) void run(count)
    else if (asked === undefined) void check()
  })
  onShow(() => {
    stop()
    stop = journal.subscribe(drawSoon)
    draw()
    void readPhone().then((read) => (phone.value = read))
  })
  const leave = () => {
    stop()
    drawing?.()
    drawing = undefined
  }
  onHide(leave)
  onUnload(leave)

  return { sections, report }
}

function readStored(): unknown {
  try {
    return uni.getStorageSync(`watchword:${baseURL}`) as unknown
  } catch {
    return undefined
  }
}
