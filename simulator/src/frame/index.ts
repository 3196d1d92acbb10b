// The page around the phone: who the visitor is, the controls, and what is said when the line ends.
import type { LineState } from '../wire'

interface Visitor {
  person: string
  unionid?: 'encrypted'
}

const element = <E extends HTMLElement>(id: string) => document.getElementById(id) as E

/** Kept for all tabs, so that they show the same person. */
const visitorKey = 'simulator:visitor'

const isChinese = /^zh\b/i.test(navigator.language)
const notices = {
  lost: isChinese
    ? '服务已停止，请在终端重新运行 npm start'
    : 'The server has stopped: run npm start again in the terminal',
  replaced: isChinese
    ? '打开的标签页太多，这一个已停止；点「重新启动」继续'
    : 'Too many tabs are open, so this one has stopped: press Restart to go on',
} as const

/** How long until the server is asked again after it did not answer, in ms. */
const patience = 2_000

const stage = element('stage')
const kind = element<HTMLSelectElement>('kind')
const notice = element('notice')
let session: string | undefined
let starts = 0
let again: number | undefined

const visitor = (): Visitor =>
  JSON.parse(localStorage.getItem(visitorKey) ?? '{"person":"visitor"}') as Visitor

function show(state: LineState) {
  notice.hidden = state === 'open' || state === 'closed'
  if (state === 'lost' || state === 'replaced') notice.textContent = notices[state]
}

async function openSession(): Promise<string | undefined> {
  const body = JSON.stringify({ ...visitor(), ...(session && { before: session }) })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/phone', { method: 'POST', headers, body }).catch(() => undefined)
  if (!answer?.ok) return undefined
  return ((await answer.json()) as { session: string }).session
}

/** Starts the mini-program anew, as whoever the visitor is; tries again while nobody answers. */
async function start({ isCleared = false } = {}): Promise<void> {
  clearTimeout(again)
  const turn = (starts += 1)
  const opened = await openSession()
  if (turn !== starts) return
  if (!opened) {
    show('lost')
    again = window.setTimeout(() => void start({ isCleared }), patience)
    return
  }
  session = opened
  // A new element ends the old page at once, so that it stores nothing after the clearing.
  const phone = element<HTMLIFrameElement>('phone')
  const next = phone.cloneNode() as HTMLIFrameElement
  next.src = `/phone/${session}`
  phone.remove()
  if (isCleared) clearStorage()
  stage.firstElementChild!.append(next)
  kind.value = visitor().unionid ?? ''
  show('open')
}

function clearStorage() {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith('miniprogram:')) localStorage.removeItem(name)
  }
}

/** Somebody whom no backend has seen. */
function becomeNewcomer() {
  const newcomer: Visitor = { person: `visitor-${crypto.randomUUID()}` }
  if (kind.value === 'encrypted') newcomer.unionid = 'encrypted'
  localStorage.setItem(visitorKey, JSON.stringify(newcomer))
  void start({ isCleared: true })
}

function speakEnglish() {
  document.documentElement.lang = 'en'
  for (const control of document.querySelectorAll<HTMLElement>('button, option')) {
    const { title, textContent } = control
    control.title = textContent
    control.textContent = title
  }
}

if (!isChinese) speakEnglish()
element('restart').onclick = () => void start()
element('clear').onclick = () => void start({ isCleared: true })
element('newcomer').onclick = becomeNewcomer
kind.onchange = becomeNewcomer

addEventListener('message', ({ origin, source, data }: MessageEvent<{ line?: LineState }>) => {
  const isPhone = source === element<HTMLIFrameElement>('phone').contentWindow
  if (origin !== location.origin || !isPhone || !data.line) return
  show(data.line)
  // The host knows it no more, as after a restart of the server.
  if (data.line === 'closed') void start()
})
addEventListener('storage', ({ key }) => {
  if (key === visitorKey) void start()
})

const { offsetWidth, offsetHeight } = stage.firstElementChild as HTMLElement
new ResizeObserver(([entry]) => {
  const { width, height } = entry!.contentRect
  const scale = Math.min(1, width / offsetWidth, height / offsetHeight)
  stage.style.setProperty('--scale', String(scale))
}).observe(stage)
void start()
