import { openTypeEvents, parseOpenType, type OpenType } from '../openTypes'
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
  (node, services) => {
    // One after the other: what is private has to wait for the agreement.
    const ask = async (openTypes: OpenType[]) => {
      const showsQuotaToast = node.props.phoneNumberNoQuotaToast
      for (const name of openTypes) {
        const detail = await services.openType(name, { id: node.dom.id, showsQuotaToast })
        if (detail) node.emit(openTypeEvents[name], detail)
      }
    }
    return {
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
        const isBoth = formType === 'submit' && openType !== ''
        const only = isBoth ? services.submitWithOpenType : 'both'
        if (formType === 'submit' && only !== 'openTypeOnly') form?.submit?.(node.dataset)
        if (formType === 'reset') form?.reset?.()
        if (only === 'formOnly') return
        if (openType === 'contact') void services.ask('contact', {})
        if (openType === 'share') services.share(node.dataset)
        void ask(parseOpenType(openType))
      },
    }
  },
)
