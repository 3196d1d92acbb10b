import { expect, it } from 'vitest'
import { codeIn, isPassword, phoneIn } from '../../../src/components/typedNumbers'

it.each([
  ['13800138000', '13800138000'],
  [' 138 0013-8000 ', '13800138000'],
  ['+8613800138000', '13800138000'],
  ['008613800138000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['+1 (415) 555-0100', '+14155550100'],
  ['+852 5123 4567', '+85251234567'],
  ['00852 5123 4567', '+85251234567'],
  ['8613800138000', '13800138000'],
  ['\u202d138 0013 8000\u202c', '13800138000'],
  ['138‑0013‑8000', '13800138000'],
  ['0013800138000', '+13800138000'],
  ['1380013800', undefined],
  ['138001380001', undefined],
  ['23800138000', undefined],
  ['+0138001380', undefined],
  ['138a0138000', undefined],
  ['', undefined],
])('the number in "%s" is %s', (typed, number) => {
  expect(phoneIn(typed)).toBe(number)
})

it.each([
  ['123 456', '123456'],
  ['１２３４５６', '123456'],
  ['验证码：123456，', '123456'],
  ['1234567', '123456'],
  ['12e+-', '12'],
])('the code in "%s" is %s', (typed, code) => {
  expect(codeIn(typed)).toBe(code)
})

it.each([
  ['1234567', false],
  ['12345678', true],
  ['🐘'.repeat(7), false],
  ['🐘'.repeat(128), true],
  ['a'.repeat(129), false],
])('"%s" can be a password: %s', (typed, can) => {
  expect(isPassword(typed)).toBe(can)
})
