// What only a phone can show. A frame says what would be there; it reports nothing as missing, as
// the app cannot tell.
import { defineBuiltIn } from './builtIn'

const describe = (dom: HTMLElement, tag: string, detail: string) => {
  // Attributes: the framework writes the classes anew whenever the app changes them.
  dom.dataset.placeholder = detail ? `<${tag}>\n${detail}` : `<${tag}>`
}

/** A web page over the whole page. What it would load is named, not loaded. */
export const webView = defineBuiltIn('web-view', { src: '' }, (node) => ({
  update: () => describe(node.dom, 'web-view', node.props.src),
}))

/** A map, of which the frame names the middle. */
export const map = defineBuiltIn(
  'map',
  {
    longitude: 0,
    latitude: 0,
    scale: 16,
    minScale: 3,
    maxScale: 20,
    markers: [] as unknown[],
    polyline: [] as unknown[],
    circles: [] as unknown[],
    polygons: [] as unknown[],
    controls: [] as unknown[],
    includePoints: [] as unknown[],
    showLocation: false,
    subkey: '',
    layerStyle: 1,
    rotate: 0,
    skew: 0,
    enable3D: false,
    showCompass: false,
    showScale: false,
    enableOverlooking: false,
    enableZoom: true,
    enableScroll: true,
    enableRotate: false,
    enableSatellite: false,
    enableTraffic: false,
    enablePoi: true,
    enableBuilding: true,
    setting: null as unknown,
  },
  (node) => ({
    update() {
      const { latitude, longitude, markers } = node.props
      const marked = markers.length > 0 ? `, ${markers.length} markers` : ''
      describe(node.dom, 'map', `${latitude}, ${longitude}${marked}`)
    },
  }),
)

const videoProps = {
  src: '',
  duration: 0,
  controls: true,
  autoplay: false,
  loop: false,
  muted: false,
  initialTime: 0,
  poster: '',
  objectFit: 'contain',
  title: '',
  direction: 0,
  danmuList: null as unknown,
  danmuBtn: false,
  enableDanmu: false,
  pageGesture: false,
  showProgress: true,
  showFullscreenBtn: true,
  showPlayBtn: true,
  showCenterPlayBtn: true,
  enableProgressGesture: true,
  showMuteBtn: false,
  playBtnPosition: 'bottom',
  enablePlayGesture: false,
  autoPauseIfNavigate: true,
  autoPauseIfOpenNative: true,
  vslideGesture: false,
  vslideGestureInFullscreen: true,
  adUnitId: '',
  posterForCrawler: '',
  showCastingButton: false,
  pictureInPictureMode: null as unknown,
  enableAutoRotation: false,
  showScreenLockButton: false,
  showSnapshotButton: false,
  showBackgroundPlaybackButton: false,
  backgroundPoster: '',
  referrerPolicy: 'no-referrer',
  isDrm: false,
  isLive: false,
}

/** A video, of which the frame names the source: nothing plays. */
export const video = defineBuiltIn('video', videoProps, (node) => ({
  update: () => describe(node.dom, 'video', node.props.src),
}))
