import { openTypeEvents, parseOpenType } from '../openTypes'
import { closest, defineBuiltIn } from './builtIn'

/** A button with WeChat's form types and open types; several open types may be joined by `|`. */
export const button = defineBuiltIn(
  'button',
  {
    type: 'default',
    size: 'default',
    plain: false,
    disabled: false,
    loading: false,
    formType: '',
    openType: '',
    hoverClass: 'button-hover',
    hoverStopPropagation: false,
    hoverStartTime: 20,
    hoverStayTime: 70,
    lang: 'en',
    sessionFrom: '',
    sendMessageTitle: '',
    sendMessagePath: '',
    sendMessageImg: '',
    showMessageCard: false,
    appParameter: '',
    phoneNumberNoQuotaToast: true,
  },
  (node, services) => ({
    update() {
      const { type, size, plain, disabled, loading, openType } = node.props
      node.dom.dataset.type = type
      node.dom.dataset.size = size
      node.dom.toggleAttribute('data-plain', plain)
      node.dom.toggleAttribute('data-disabled', disabled)
      node.dom.toggleAttribute('data-loading', loading)
      if (!node.dom.hasAttribute('role')) node.dom.setAttribute('role', 'button')
      node.dom.setAttribute('aria-disabled', String(disabled))
      if (openType) node.dom.dataset.openType = openType
    },
    tap() {
      const { disabled, formType, openType } = node.props
      if (disabled) return
      const form = formType ? closest(node, 'form')?.behaviour : undefined
      if (formType === 'submit') form?.submit?.(node.dataset)
      if (formType === 'reset') form?.reset?.()
      if (openType === 'share') services.share(node.dataset)
      for (const name of parseOpenType(openType)) {
        void services.openType(name).then((detail) => {
          if (detail) node.emit(openTypeEvents[name], detail)
        })
      }
    },
  }),
)
