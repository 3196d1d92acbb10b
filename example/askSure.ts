import { getSystemInfo } from 'watchword/host'
import { errorColor } from './errorColor'

/** WeChat's own dialogue, before what cannot be undone; whether the user goes on. */
export function askSure(texts: {
  title: string
  content?: string
  /** Of four characters at most, as `cancel`: with more, WeChat shows no dialogue (WeChat: wx.showModal). */
  confirm: string
  cancel: string
}): Promise<boolean> {
  return new Promise((resolve) =>
    uni.showModal({
      title: texts.title,
      ...(texts.content !== undefined && { content: texts.content }),
      confirmText: texts.confirm,
      confirmColor: errorColor[getSystemInfo().theme],
      cancelText: texts.cancel,
      success: ({ confirm }) => resolve(confirm),
      fail: () => resolve(false),
    }),
  )
}
