import { randomBytes } from 'node:crypto'
import { createCodes, type Codes } from './codes'
import { seal, type SealedData } from './crypto'
import {
  anonymousProfile,
  ownProfile,
  phoneInfo,
  sealUserInfo,
  type UserInfoResult,
  type Watermark,
} from './openData'
import { renewSessionKey, type People, type Person, type UnionidVisibility } from './people'

/** Who a call is about, when that is somebody new or is to change. */
export interface PersonOptions {
  unionid?: UnionidVisibility | undefined
}

/** `own` profiles are what base libraries below 2.27.1 could still return. */
export interface UserInfoOptions extends PersonOptions {
  profile?: 'anonymous' | 'own' | undefined
}

/** A person as tests may know them. */
export interface PersonFacts {
  openid: string
  unionid: string
  phoneNumber: string
}

/** What WeChat on a person's phone hands to a mini-program. Persons are known by any name. */
export interface Phone {
  /** Invents the person, or changes where their unionid shows; nobody is logged in by it. */
  person(name: string, options?: PersonOptions): PersonFacts
  /** `wx.login`: the person's session key is a new one from here on. */
  issueLoginCode(name: string, options?: PersonOptions): { code: string }
  /** The code of the getPhoneNumber button. */
  issuePhoneCode(name: string, options?: PersonOptions): { code: string }
  /** `wx.getUserInfo` with credentials. */
  userInfo(name: string, options?: UserInfoOptions): UserInfoResult
  /** The encrypted phone number. */
  phoneData(name: string, options?: PersonOptions): SealedData
  /** WeChat lets the session key end: the next one is not known to any backend. */
  rotateSessionKey(name: string, options?: PersonOptions): void
  /** `wx.checkSession`: whether a backend has got the session key that is valid now. */
  checkSession(name: string, options?: PersonOptions): { valid: boolean }
}

/** The codes that were given out and that WeChat's servers take. */
export interface IssuedCodes {
  login: Codes<Person>
  phone: Codes<Person>
}

/** `stranger`: whose login codes those are that were not issued here. */
export function createIssuedCodes(now: () => number, stranger?: () => Person): IssuedCodes {
  return {
    login: createCodes(() => `0${randomBytes(24).toString('base64url').slice(1)}`, now, {
      adopt: stranger,
    }),
    phone: createCodes(() => randomBytes(32).toString('hex'), now),
  }
}

export function createPhone(people: People, codes: IssuedCodes, watermark: () => Watermark): Phone {
  const find = (name: string, { unionid }: PersonOptions = {}) => people.find(name, unionid)

  return {
    person(name, options) {
      const { openid, unionid, phoneNumber } = find(name, options)
      return { openid, unionid, phoneNumber }
    },

    issueLoginCode(name, options) {
      const person = find(name, options)
      // WeChat (小程序登录, session_key 有效性): a user has one valid key, which wx.login *may*
      // replace, though not at every call within a short time, and what is encrypted afterwards
      // has the new one. This model's choice is the worst case: every call replaces it.
      renewSessionKey(person)
      return { code: codes.login.issue(person) }
    },

    issuePhoneCode: (name, options) => ({ code: codes.phone.issue(find(name, options)) }),

    userInfo(name, { profile = 'anonymous', ...options } = {}) {
      const person = find(name, options)
      const userInfo = profile === 'own' ? ownProfile(person) : anonymousProfile
      return sealUserInfo(person, userInfo, person.sessionKey, watermark())
    },

    phoneData(name, options) {
      const person = find(name, options)
      return seal(JSON.stringify(phoneInfo(person, watermark())), person.sessionKey)
    },

    rotateSessionKey: (name, options) => renewSessionKey(find(name, options)),

    checkSession: (name, options) => ({ valid: find(name, options).isSessionKeyExchanged }),
  }
}
