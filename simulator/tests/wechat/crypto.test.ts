import { expect, test } from 'vitest'
import { seal, sealPush, signPush, signRawData, signWithSessionKey } from '../../src/wechat/crypto'
import samples from '../fixtures/wechat-crypto.json'
import { open } from './standIn'

test("encrypts to the very bytes of WeChat's published sample", () => {
  const { sessionKey, iv, encryptedData, plain } = samples.decrypt
  const text = open(samples.decrypt, sessionKey)
  expect(JSON.parse(text)).toEqual(plain)
  expect(seal(text, sessionKey, Buffer.from(iv, 'base64'))).toEqual({ encryptedData, iv })
})

test('takes a fresh iv each time', () => {
  const { sessionKey } = samples.decrypt
  const [one, other] = [seal('{}', sessionKey), seal('{}', sessionKey)]
  expect(one.iv).not.toBe(other.iv)
  expect(open(one, sessionKey)).toBe(open(other, sessionKey))
})

test("signs rawData as WeChat's published sample is signed", () => {
  const { rawData, sessionKey, signature } = samples.signature
  expect(signRawData(rawData, sessionKey)).toBe(signature)
})

test("signs with the session key as WeChat's published sample is signed", () => {
  const { data, sessionKey, signature } = samples.hmac
  expect(signWithSessionKey(data, sessionKey)).toBe(signature)
})

test("encrypts and signs a message to the very bytes of WeChat's published sample", () => {
  const { message, appId, encodingAesKey, random, encrypted, signature, ...stamp } = samples.push
  expect(sealPush(message, appId, encodingAesKey, Buffer.from(random))).toBe(encrypted)
  expect(signPush(stamp.token, stamp.timestamp, stamp.nonce, encrypted)).toBe(signature)
})
