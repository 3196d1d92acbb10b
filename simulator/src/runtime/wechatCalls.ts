import type { Outcome, WechatCall } from '../wire'
import type { Bridge } from './bridge'
import type { Dialogues } from './dialogues'
import type { OpenPicker } from './dialogues/picker'
import { pickingFault } from './dialogues/pickerValues'
import type { LoadedApp } from './loadedApp'
import type { OpenType, OpenTypeButton } from './openTypes'
import type { Privacy } from './privacy'

type Ended = Exclude<Outcome, { kind: 'ask' }>
type Details = Record<string, unknown>

/** The app's calls to WeChat, answered by the host or by a dialogue for the person. */
export interface WechatCalls {
  /**
   * Asks for `api`; draws WeChat's dialogue when the host says so. `open` is of a picker, whose sheet
   * follows what the app changes.
   */
  ask(api: string, options: Details, open?: OpenPicker): Promise<Ended>
  /** A button's open type; resolves with the event's detail, undefined if WeChat fires none. */
  openType(name: OpenType, button: OpenTypeButton): Promise<Details | undefined>
}

const ok = (result: Details) => ({ kind: 'ok', result }) as const
const fail = (errMsg: string) => ({ kind: 'fail', errMsg }) as const

/** The errno of a phone number that was not given because the app has none left to ask for. */
const quotaUsedUp = 1400001

/**
 * The errno of a refusal in a dialogue that asks for the privacy terms too (WeChat:
 * 小程序隐私协议开发指南, 与授权弹窗耦合样式).
 */
const refusedWithTerms = 103

/** What the dialogues say for each question about the person. */
function questionOf(api: string, options: Details, show: Details, app: LoadedApp, d: Dialogues) {
  const { words } = d
  if (api === 'getPhoneNumber' || api === 'getRealtimePhoneNumber') {
    const title = api === 'getPhoneNumber' ? words.phoneNumber : words.realtimePhoneNumber
    const { phoneNumber } = show
    return typeof phoneNumber === 'string'
      ? { title, item: { title: phoneNumber, text: words.boundNumber } }
      : { title, item: { title: words.boundNumber } }
  }
  if (api === 'getUserInfo') return { title: words.userInfo, text: words.userInfoText }
  if (api === 'getUserProfile') return { title: words.userInfo, text: String(options.desc ?? '') }
  const scope = String(show.scope ?? '')
  const reason = app.config.permission?.[scope]?.desc ?? ''
  return { title: words.scope(words.scopes[scope] ?? (scope || api)), text: reason }
}

/** Connects the app's questions with the host's answers and the person's. */
export function createWechatCalls(
  bridge: Bridge,
  dialogues: Dialogues,
  privacy: Privacy,
  app: LoadedApp,
): WechatCalls {
  const { words } = dialogues

  /** Dialogues that the page answers by itself; undefined for those whose answer goes to the host. */
  async function drawOwn(
    api: string,
    options: Details,
    open?: OpenPicker,
  ): Promise<Ended | undefined> {
    switch (api) {
      case 'showModal':
        return ok(await dialogues.askModal(options))
      case 'showActionSheet': {
        const items = Array.isArray(options.itemList) ? options.itemList.map(String) : []
        const title = String(options.alertText ?? '')
        const tapIndex = await dialogues.askList(title, items, options.itemColor)
        return tapIndex === undefined ? fail('showActionSheet:fail cancel') : ok({ tapIndex })
      }
      case 'picker': {
        const picked = await dialogues.pick(options, open)
        return picked ? ok(picked) : fail('picker:fail cancel')
      }
      case 'openPrivacyContract':
        await dialogues.showContract()
        return ok({})
      case 'contact':
        await dialogues.showExternalPage(words.chatTitle, words.chatText(dialogues.appName))
        return ok({})
      case 'openAppAuthorizeSetting':
        await dialogues.showExternalPage(words.systemSettingsTitle, words.systemSettingsText)
        return ok({})
      default:
        return undefined
    }
  }

  async function choose(
    api: string,
    options: Details,
    { show = {}, about }: Extract<Outcome, { kind: 'ask' }>,
  ): Promise<WechatCall> {
    if (api === 'openSetting') {
      const authSetting = await dialogues.showSettings(
        (show.authSetting ?? {}) as Record<string, boolean>,
      )
      return { api, options: { authSetting }, choice: 'allow' }
    }
    if (api === 'chooseAvatar') {
      const items = [words.wechatAvatar, words.album, words.camera]
      const chosen = await dialogues.askList(words.avatarTitle, items)
      return { api, options, choice: chosen === undefined ? 'refuse' : 'allow' }
    }
    if (api === 'chooseAddress') {
      const chosen = await dialogues.askList(words.address, [
        '林小舟 154****1234\n湖滨市梧桐路 8 号',
      ])
      return { api, options, choice: chosen === undefined ? 'refuse' : 'allow' }
    }
    if (api === 'chooseLocation' && show.scope === undefined) {
      const chosen = await dialogues.askList(words.place, ['梧桐公园\n湖滨市南岸区梧桐路 8 号'])
      return { api, options, choice: chosen === undefined ? 'refuse' : 'allow' }
    }
    const question = questionOf(api, options, show, app, dialogues)
    const choice = await dialogues.askPermission(question, about === 'both')
    if (about === 'both') await privacy.decided(api, choice)
    return { api, options, choice }
  }

  /** Nobody could pick what is out of range, so a test that scripts it has to fail. */
  function withinRange(scripted: Ended, options: Details): Ended {
    const fault = scripted.kind === 'ok' && pickingFault(options, scripted.result.value)
    if (!fault) return scripted
    console.error(`The scripted answer for picker is out of range: ${fault}`)
    return fail(`picker:fail ${fault}`)
  }

  /** `onTermsSettled`: what this call can have the person asked about the terms has been asked. */
  async function settle(
    call: WechatCall,
    open?: OpenPicker,
    onTermsSettled?: () => void,
  ): Promise<Ended> {
    const { api, options } = call
    const outcome = await bridge.wechat(call)
    if (call.isPrivate) privacy.answered(api, outcome)
    if (outcome.kind !== 'ask' || outcome.about === undefined) onTermsSettled?.()
    if (outcome.kind !== 'ask') return api === 'picker' ? withinRange(outcome, options) : outcome
    if (outcome.about === 'privacy') {
      const refused = await privacy.require(api, options.openType === true)
      tellAnswered('requirePrivacyAuthorize', refused ?? ok({}))
      return refused ?? settle(call, open, onTermsSettled)
    }
    let ended: Outcome = (await drawOwn(api, options, open)) ?? outcome
    // The map of chooseLocation follows on its permission.
    while (ended.kind === 'ask') {
      const answered = await choose(api, options, ended)
      const isRefused = ended.about === 'both' && answered.choice === 'refuse'
      ended = await bridge.wechat(answered)
      onTermsSettled?.()
      if (isRefused && ended.kind === 'fail') ended = { ...ended, errno: refusedWithTerms }
    }
    tellAnswered(api, ended)
    return ended
  }

  function tellAnswered(api: string, ended: Ended) {
    const errMsg = ended.kind === 'ok' ? `${api}:ok` : ended.errMsg
    bridge.tell({ type: 'answered', api, errMsg })
  }

  // Only one dialogue at a time may ask for the terms: what the person says there holds for the next call.
  let turn = Promise.resolve()
  async function takeTurn(): Promise<() => void> {
    const before = turn
    let pass = () => {}
    turn = new Promise((resolve) => (pass = resolve))
    await before
    return pass
  }

  async function ask(api: string, options: Details, open?: OpenPicker): Promise<Ended> {
    if (!privacy.isPrivate(api, options)) return settle({ api, options }, open)
    const mayAsk = api !== 'getPrivacySetting' && !privacy.isAgreed() && privacy.asksInPermission()
    const pass = mayAsk ? await takeTurn() : undefined
    const asksInPermission = privacy.asksInPermission()
    return settle({ api, options, isPrivate: true, asksInPermission }, open, pass).finally(pass)
  }

  return {
    ask,
    async openType(name, { id, showsQuotaToast }) {
      if (name === 'agreePrivacyAuthorization') {
        // The tap is the agreement: WeChat asks nothing more.
        privacy.tapped(id)
        await bridge.wechat({ api: name, options: { openType: true }, choice: 'allow' })
        return { errMsg: `${name}:ok` }
      }
      const outcome = await ask(name, { openType: true })
      if (outcome.kind === 'ok') return { errMsg: `${name}:ok`, ...outcome.result }
      const { errMsg, errno } = outcome
      if (errno === quotaUsedUp && showsQuotaToast)
        dialogues.toast.show(words.noQuota, 'none', false, 2_000)
      // WeChat fires no event where there is no avatar, whatever the reason.
      if (name === 'chooseAvatar') return undefined
      return errno === undefined ? { errMsg } : { errMsg, errno }
    },
  }
}
