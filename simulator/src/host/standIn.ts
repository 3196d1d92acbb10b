/** What the stand-in for WeChat's servers hands out for a person, over its control API. */
export interface StandIn {
  /** A login code: 5 minutes, single use. */
  loginCode(person: string): Promise<{ code: string }>
  /** The code of the phone-number button. */
  phoneCode(person: string): Promise<{ code: string }>
  /** The encrypted phone number, for base libraries below 2.21.2. */
  phoneData(person: string): Promise<{ encryptedData: string; iv: string }>
  /** What the getUserInfo button gives. */
  userInfo(person: string): Promise<Record<string, unknown>>
}

/** Speaks to a stand-in at `address`, such as `http://127.0.0.1:3100`. */
export function connectStandIn(address: string): StandIn {
  const post = async <Result>(name: string, person: string) => {
    const answer = await fetch(new URL(`/_control/${name}`, address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    })
    if (!answer.ok) throw new Error(`the stand-in answered ${answer.status} to ${name}`)
    return (await answer.json()) as Result
  }
  return {
    loginCode: (person) => post('login-code', person),
    phoneCode: (person) => post('phone-code', person),
    phoneData: (person) => post('phone-data', person),
    userInfo: (person) => post('user-info', person),
  }
}
