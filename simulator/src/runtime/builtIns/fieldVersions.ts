/**
 * Base library that brought a property, an event or a value of the text fields (WeChat's reference
 * of `input` and `textarea`). On older ones a property counts as not set.
 */
export const fieldsSince: Readonly<Record<string, string>> = {
  'input.confirm-hold': '1.1.0',
  'input.hold-keyboard': '2.8.2',
  'input.always-embed': '2.10.4',
  'input.bindkeyboardheightchange': '2.7.0',
  'input.bindnicknamereview': '2.29.1',
  'input.type.safe-password': '2.18.0',
  'input.type.nickname': '2.21.2',
  'textarea.show-confirm-bar': '1.6.0',
  'textarea.hold-keyboard': '2.8.2',
  'textarea.confirm-type': '2.13.0',
  'textarea.confirm-hold': '2.16.0',
  'textarea.bindkeyboardheightchange': '2.7.0',
}

/** Since when nicknames are reviewed: those that fail are cleared after the blur. */
export const nicknameReviewSince = '2.24.4'
