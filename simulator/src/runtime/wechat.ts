import type { Outcome } from '../wire'
import type { Bridge } from './bridge'
import type { Dialogues, Sheet } from './dialogues'
import type { OpenType } from './openTypes'
import { pick, pickingFault } from './picking'

/** WeChat's side as the app's calls reach it: scripted answers, or a dialogue for the person. */
export interface WechatSideClient {
  /** Asks for `api`; draws WeChat's dialogue when the host says so. */
  ask(api: string, options: Record<string, unknown>): Promise<Exclude<Outcome, { kind: 'ask' }>>
  /** A button's open type; gives the event's detail, or undefined where WeChat fires no event. */
  openType(name: OpenType): Promise<Record<string, unknown> | undefined>
}

const permission = (title: string, text: string): Sheet => ({
  kind: 'sheet',
  title,
  text,
  buttons: [
    { label: '不允许', value: 'refuse' },
    { label: '允许', value: 'allow', primary: true },
  ],
})

const openTypeSheets: Partial<Record<string, Sheet>> = {
  getPhoneNumber: permission('申请获取并验证你的手机号', '手机号将提供给此小程序使用'),
  getRealtimePhoneNumber: permission('申请获取并实时验证你的手机号', '将向该号码发送验证信息'),
  getUserInfo: permission('申请获取你的公开信息', '昵称、头像、地区及性别'),
  chooseAvatar: {
    kind: 'sheet',
    title: '选择头像',
    buttons: [
      { label: '取消', value: 'refuse' },
      { label: '用微信头像', value: 'allow', primary: true },
    ],
    dismiss: 'refuse',
  },
  openSetting: { kind: 'sheet', title: '设置', buttons: [{ label: '返回', value: 'allow' }] },
}

const ok = (result: Record<string, unknown>) => ({ kind: 'ok', result }) as const
const fail = (errMsg: string) => ({ kind: 'fail', errMsg }) as const

const text = (value: unknown, otherwise = '') => (value === undefined ? otherwise : String(value))

async function askModal(dialogues: Dialogues, options: Record<string, unknown>) {
  const field = document.createElement('input')
  field.className = 'simulator-dialogue__field'
  field.placeholder = text(options.placeholderText)
  const confirm = { label: text(options.confirmText, '确定'), value: 'confirm', primary: true }
  const cancel = { label: text(options.cancelText, '取消'), value: 'cancel' }
  const pressed = await dialogues.ask({
    kind: 'modal',
    title: text(options.title),
    text: text(options.content),
    ...(options.editable === true && { content: field }),
    buttons: options.showCancel === false ? [confirm] : [cancel, confirm],
  })
  const confirmed = pressed === 'confirm'
  const content = options.editable === true && confirmed ? field.value : null
  return ok({ confirm: confirmed, cancel: !confirmed, content })
}

async function askActionSheet(dialogues: Dialogues, options: Record<string, unknown>) {
  const items = Array.isArray(options.itemList) ? options.itemList.map(String) : []
  const pressed = await dialogues.ask({
    kind: 'list',
    title: text(options.alertText),
    buttons: [
      ...items.map((label, i) => ({ label, value: String(i) })),
      { label: '取消', value: 'cancel' },
    ],
    dismiss: 'cancel',
  })
  return pressed === 'cancel' ? fail('showActionSheet:fail cancel') : ok({ tapIndex: +pressed })
}

/** Connects the app's questions with the host's answers and the person's. */
export function createWechatSide(bridge: Bridge, dialogues: Dialogues): WechatSideClient {
  const draw = async (api: string, options: Record<string, unknown>) => {
    if (api === 'showModal') return askModal(dialogues, options)
    if (api === 'showActionSheet') return askActionSheet(dialogues, options)
    if (api === 'picker') {
      const picked = await pick(dialogues, options)
      return picked ? ok(picked) : fail('picker:fail cancel')
    }
    const sheet = openTypeSheets[api] ?? permission(`申请使用 ${api}`, '')
    const choice = (await dialogues.ask(sheet)) === 'allow' ? 'allow' : 'refuse'
    return bridge.wechat({ api, options, choice })
  }
  const ask: WechatSideClient['ask'] = async (api, options) => {
    const outcome = await bridge.wechat({ api, options })
    const fault =
      api === 'picker' && outcome.kind === 'ok' && pickingFault(options, outcome.result.value)
    if (fault) {
      // Nobody could pick this: a test that does has to hear of it.
      console.error(`The scripted answer for picker is out of range: ${fault}`)
      return fail(`picker:fail ${fault}`)
    }
    const settled = outcome.kind === 'ask' ? await draw(api, options) : outcome
    return settled.kind === 'ask' ? fail(`${api}:fail`) : settled
  }
  return {
    ask,
    async openType(name) {
      // The tap is the agreement: WeChat asks nothing more.
      if (name === 'agreePrivacyAuthorization') return { errMsg: `${name}:ok` }
      const outcome = await ask(name, { openType: true })
      if (outcome.kind === 'ok') return { errMsg: `${name}:ok`, ...outcome.result }
      // WeChat fires no event when the avatar sheet is dismissed.
      if (name === 'chooseAvatar') return undefined
      const { errMsg, errno } = outcome
      return errno === undefined ? { errMsg } : { errMsg, errno }
    },
  }
}
