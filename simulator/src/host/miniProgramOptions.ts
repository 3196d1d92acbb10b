import type { ProblemRecord } from '../record'
import type { UnionidVisibility } from '../wechat/people'
import type { ScannedCode } from '../scannedCode'
import type { Language, Platform, SubmitWithOpenType, Theme } from '../wire'
import type { NetworkConditions } from '../workbenchWire'
import type { PersonAnswers, WechatSide } from './answers'
import type { HeaderSpelling } from './headers'
import type { Permissions } from './permissions'

/** What is wrong with an app, as it is reported. */
export type Problem = Pick<ProblemRecord, 'type' | 'message' | 'stack'>

/** How one mini-program is to be run. Every part has a default. */
export interface MiniProgramOptions {
  /** Page and query to start with: `src/pages/home/home?from=share`. */
  url?: string
  /** The app is opened by this code, in place of `url`. */
  code?: ScannedCode
  /** Stored values to begin with, by key. */
  storage?: Record<string, unknown>
  /** See `Boot`. */
  isCleared?: boolean
  /** Who uses WeChat, as the stand-in knows them: a name of up to 64 characters. */
  person?: string
  /** Where WeChat shows their unionid; as the stand-in has it where absent. */
  unionid?: UnionidVisibility
  /** Answers on WeChat's side; a person in front of the page where absent. */
  side?: WechatSide
  /** How that person answers; asked each time where absent. */
  personAnswers?: PersonAnswers
  /** What WeChat remembers of their answers; shared by the mini-programs of one person. */
  permissions?: Permissions
  /** What they decided before, by scope, where `permissions` is absent. */
  authSetting?: Record<string, boolean>
  /** Address of the stand-in for WeChat's servers. */
  wechat?: string
  platform?: Platform
  /** Base library: what is newer is absent from `wx`. */
  sdkVersion?: string
  /** `light` where absent. */
  theme?: Theme
  /** `zh_CN` where absent. */
  language?: Language
  /** WeChat's font size, 0.8 to 1.4 of its normal one; 1 where absent. */
  fontScale?: number
  /** See `Boot`; false where absent. */
  hasBatteryFault?: boolean
  /** What phones do here is not certain, so an app has to cope with each; `both` where absent. */
  submitWithOpenType?: SubmitWithOpenType
  headerSpelling?: HeaderSpelling
  headerValues?: 'string' | 'array'
  domains?: readonly string[]
  /** ms in the background until requests are interrupted. */
  interruptAfter?: number
  /** The network between phone and backend at the start; a perfect one where absent. */
  network?: NetworkConditions
  /** See `Visit`. */
  alwaysUnauthorised?: boolean
  /** Base URL of the backend, whose `/auth/logout` ends tokens; learnt from the wire where absent. */
  backend?: string
  /** Whether a workbench is around the page and receives every record. */
  isWatched?: boolean
  /** Called with what is wrong with the app. */
  onProblem?: (problem: Problem) => void
}
