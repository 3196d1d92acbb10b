declare const uni: { canIUse?(schema: string): boolean }

/**
 * The `open-type` of a button that asks for this and, with the same press, for the agreement to the
 * privacy terms. Base libraries below 2.32.3 know neither the agreement nor joined open types, and
 * are given the plain one (WeChat: 小程序隐私协议开发指南).
 */
export function withPrivacyAgreement(openType: 'getPhoneNumber' | 'getUserInfo'): string {
  return knowsAgreement() ? `${openType}|agreePrivacyAuthorization` : openType
}

function knowsAgreement(): boolean {
  try {
    return uni.canIUse?.('button.open-type.agreePrivacyAuthorization') ?? true
  } catch {
    return true
  }
}
