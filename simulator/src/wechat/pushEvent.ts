import { z } from 'zod'

/** What WeChat reports of a person by its message push (WeChat: 授权用户信息变更). */
export const pushEvent = z.strictObject({
  event: z.enum([
    /** WeChat has cleared a name or a picture that breaks its rules. */
    'user_info_modified',
    'user_authorization_revoke',
    /** The person has left WeChat. */
    'user_authorization_cancellation',
  ]),
  /** What was revoked, by WeChat's numbers: 8 is the phone number, 6 name and picture. */
  revokeInfo: z.int().min(1).exactOptional(),
})

/** See `pushEvent`. */
export type PushEvent = z.infer<typeof pushEvent>
