/** Passwords of eight characters and more that lists of stolen ones begin with, in lower case. */
const common = new Set(
  `password password1 password12 password123 password1234 passw0rd p@ssword p@ssw0rd pa55word
  passwort passw0rd1 qwerty123 qwerty12 qwerty1234 qwertyui qwe123456 qwer1234 1q2w3e4r 1q2w3e4r5t
  1qaz2wsx 1qaz2wsx3edc q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 1qazxsw2 asdf1234 asdfasdf abcd1234
  abc12345 abc123456 abcdefg1 a1234567 a12345678 a123456789 aa123456 aa12345678 aaa123456 as123456
  asd123456 qq123456 qq123456789 zxc123456 zxcvbnm1 woaini520 woaini1314 woaini123 5201314520
  520131400 13145200 1314520520 iloveyou iloveyou1 iloveyou2 ilovegod loveyou1 sunshine princess
  princess1 football football1 baseball baseball1 basketball superman superman1 batman123 starwars
  pokemon1 welcome1 welcome123 whatever trustno1 letmein1 letmein123 dragon123 monkey123 master123
  shadow123 michael1 jennifer michelle jordan23 computer internet samsung1 starcraft wordpass
  administrator admin123 admin1234 admin123456 adminadmin root1234 test1234 testtest user1234
  guest123 changeme changeme1 default1 secret123 mustang1 corvette mercedes ferrari1 chocolate
  butterfly elephant victoria benjamin liverpool chelsea1 arsenal1 barcelona realmadrid 12341234
  11223344 1122334455 12121212 123123123 123321123 123454321 147258369 159357456 159753123
  789456123 741852963 987456321 asdqwe123 zxcasdqwe qazwsxedc qazwsx123 123qweasd 123qwe123
  123abc123 a1b2c3d4 a1s2d3f4 1a2b3c4d asdzxc123 q1q1q1q1 wang1234 zhang123 liang123 wechat123
  weixin123 taobao123 alibaba1 tencent1 xiaomi123 huawei123 woaiwojia wodemima mima1234 nihao123`.split(
    /\s+/,
  ),
)

/** What fingers run along: digits, letters, and the rows and columns of a keyboard. */
const runs = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb',
].flatMap((run) => [run, [...run].reverse().join('')])

/**
 * Whether others have tried this password before anything else: one of the commonest, a run along
 * the keyboard, or a few characters again and again.
 */
export function isCommonPassword(password: string): boolean {
  const typed = password.toLowerCase()
  return (
    common.has(typed) ||
    runs.some((run) => run.includes(typed)) ||
    /^(.{1,3}?)\1+(?:.{0,2})$/u.test(typed)
  )
}
