import type { AppOptions } from './appOptions'
import { createAvatars } from './avatars/avatars'
import { createEventLog } from './eventLog'
import type { SignInMethod } from './http/answer'
import { createLogIn } from './http/authenticate'
import { createAvatarAddress } from './http/avatarAddress'
import { createLimits } from './http/limits'
import { createNumberLogIn } from './http/numberLogIn'
import { createOAuthLogIn } from './http/oauthLogIn'
import { createProveOAuth } from './http/oauthProof'
import { createOpenSubmitted } from './http/openSubmitted'
import { createScanLogIn } from './http/scanLogIn'
import { createWatermarkCheck } from './http/watermark'
import { createKeyedHash } from './keyedHash'
import { createCounters } from './limits/counters'
import { createPasswords } from './passwords'
import { createAddWay } from './people/addWay'
import { createBindNumber } from './people/bindNumber'
import { createClaimNumber } from './people/claimNumber'
import { createIdentify } from './people/identify'
import { createIsYoung } from './people/moveNumber'
import { createFindByPassword } from './people/numberPassword'
import { createFindSubscriber } from './people/numberSince'
import { createNumberSignIn } from './people/numberSignIn'
import { createPeople } from './people/people'
import { createWays } from './people/ways'
import { createWithdraw } from './people/withdraw'
import { createPersonSessions } from './personSessions'
import { createScanPolls } from './scans/scanPolls'
import { createScans } from './scans/scans'
import { createSessions } from './sessions'
import { createTextCodes } from './textCodes'
import { createVault } from './vault'
import { createWeChat } from './wechat/client'
import { createKeyCheck } from './wechat/keyCheck'
import { createPushReader } from './wechat/pushReader'
import { createUnionidCheck } from './wechat/unionidCheck'

/** What the routes work with. */
export type Parts = ReturnType<typeof createParts>

/** Makes the parts of the app, and puts them together. What is not configured is undefined. */
export function createParts(options: AppOptions) {
  const { config, database, log, observeWeChat, sendSms, numberSince, now = Date.now } = options
  const { draining = new AbortController().signal } = options
  const { closing = new AbortController().signal } = options
  const { phoneProofDays, wechatPush } = config
  const [first, ...others] = config.wechat.apps
  const appIds = [first.appId, ...others.map(({ appId }) => appId)] as const
  const wechat = createWeChat(config.wechat, now, closing, observeWeChat)
  const vault = createVault(config.sessionKeySecrets)
  const counters = createCounters(database, now)
  const eventLog = createEventLog(database, { eventsDays: config.eventsDays, counters, now })
  const people = createPeople(database, { vault, eventLog, now })
  const identify = createIdentify({ vault, eventLog, now })
  const { tokenTtl, sessionIdleDays: idleDays, userInfoPolicy } = config
  const sessions = createSessions(database, {
    ...{ tokenTtl, idleDays, userInfoPolicy, identify, eventLog, now },
  })
  const numberHash = createKeyedHash(config.sessionKeySecrets, 'counted numbers')
  const limits = createLimits(config.limits, { counters, eventLog, numberHash })

  const keyedHash = createKeyedHash(config.sessionKeySecrets, 'text codes')
  const textCodes = createTextCodes(database, { keyedHash, now })
  const isYoung = createIsYoung(phoneProofDays, now)
  const hasTextCodes = sendSms !== undefined
  const bindNumber = createBindNumber(database, {
    ...{ phoneJoin: config.phoneJoin, hasTextCodes, textCodes, eventLog, isYoung, now },
  })
  const claimNumber = createClaimNumber({ textCodes, eventLog, isYoung, now })
  const passwords = createPasswords(closing)
  const findByPassword = createFindByPassword(database, passwords)
  const findSubscriber = createFindSubscriber(database, { numberSince, isYoung, log })
  const numberSignIn = createNumberSignIn(database, {
    ...{ claimNumber, findByPassword, findSubscriber, passwords, sessions, eventLog, now },
  })
  const numberLogIn = sendSms && createNumberLogIn({ numberSignIn, textCodes, limits, eventLog })

  const { scanCode, oauthApps = {} } = config.wechat
  const scans = scanCode && createScans(database, { sessions, eventLog, now })
  const scanLogIn = scans && createScanLogIn({ scans, limits, eventLog })
  const proveOAuth =
    Object.keys(oauthApps).length > 0
      ? createProveOAuth({ apps: oauthApps, wechat, limits, eventLog })
      : undefined
  const oauthLogIn = proveOAuth && createOAuthLogIn(proveOAuth, sessions)
  const methods: SignInMethod[] = [
    ...(numberLogIn ? (['sms', 'password'] as const) : []),
    ...(scans ? ['scan' as const] : []),
    ...(oauthLogIn ? ['wechat' as const] : []),
  ]
  const observeUnionid = createUnionidCheck(log)
  const logIn = createLogIn({ appIds, wechat, sessions, observeUnionid, limits, eventLog })
  const reportUnopened = createKeyCheck({ wechat, counters, log, closing })
  const checkWatermark = createWatermarkCheck(now, log)

  return {
    ...{ methods, logIn, numberLogIn, scanLogIn, oauthLogIn, proveOAuth },
    ...{ wechat, limits, eventLog, people, sessions, observeUnionid, checkWatermark },
    ...{ textCodes, hasTextCodes, bindNumber, findByPassword, findSubscriber },
    openSubmitted: createOpenSubmitted({ people, checkWatermark, reportUnopened }),
    scanning: scans && { scans, polls: createScanPolls(scans, draining), wechat, limits },
    push: wechatPush && {
      reader: createPushReader(appIds, wechatPush, now),
      withdraw: createWithdraw(database, { eventLog, now }),
    },
    personSessions: createPersonSessions(database, { eventLog, now }),
    ways: createWays(database, { hasTextCodes, eventLog }),
    addWay: createAddWay(database, eventLog),
    avatars: createAvatars(database, now),
    avatarAddress: createAvatarAddress(config.publicUrl),
  }
}
