const surnames = '林 陈 周 许 沈 叶 江 宋 梁 苏 温 顾 程 陆 何 方'.split(' ')
const surnamesSpelt = 'Lin Chen Zhou Xu Shen Ye Jiang Song Liang Su Wen Gu Cheng Lu He Fang'.split(
  ' ',
)
const givenNames =
  '小舟 若水 知夏 明远 一鸣 清和 子墨 南星 采薇 望舒 景行 念安 春生 思齐 以宁 立秋'.split(' ')
const givenNamesSpelt =
  'Xiaozhou Ruoshui Zhixia Mingyuan Yiming Qinghe Zimo Nanxing Caiwei Wangshu Jingxing Nian’an Chunsheng Siqi Yining Liqiu'.split(
    ' ',
  )

/** An invented name to know a person by; always the same for the same `person`. */
export function personName(person: string, language: 'zh' | 'en'): string {
  let hash = 0
  for (const character of person) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) >>> 0
  const [surname, given] = [hash % surnames.length, Math.floor(hash / 16) % givenNames.length]
  return language === 'zh'
    ? `${surnames[surname]}${givenNames[given]}`
    : `${givenNamesSpelt[given]} ${surnamesSpelt[surname]}`
}
