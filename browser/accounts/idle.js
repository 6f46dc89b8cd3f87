/**
 * Notices that nobody has touched any tab for a while: 15 minutes, 5 on a shared device.
 * @module
 */
import { rememberAwake, stateNow } from "./idle_clock.js";
import { channel } from "./tabs.js";

const LOOK_EVERY_MS = 5_000;
const TELL_EVERY_MS = 5_000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchstart"];

/** A touch: remembered at once, told to the other tabs now and then. */
function makeTeller() {
  let told = 0;
  return () => {
    const now = Date.now();
    rememberAwake(now);
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    channel.postMessage({ type: "awake", at: now });
  };
}

/**
 * Watches from now on; answers a function that ends it.
 * @param {(state: "awake" | "soon" | "asleep") => void} onChange called when the state changes
 * @returns {() => void}
 */
export function watchIdle(onChange) {
  const stop = new AbortController();
  const touch = makeTeller();
  let state = "awake";
  const look = () => {
    const next = stateNow();
    if (next !== state) onChange((state = next));
  };
  const touched = () => {
    look();
    if (state === "asleep") return;
    touch();
    look();
  };
  for (const name of TOUCHES) addEventListener(name, touched, { signal: stop.signal, passive: true, capture: true });
  document.addEventListener("visibilitychange", look, { signal: stop.signal });
  const hear = (/** @type {MessageEvent} */ { data }) => data?.type === "awake" && rememberAwake(Number(data.at) || 0);
  channel.addEventListener("message", hear, { signal: stop.signal });
  const timer = setInterval(look, LOOK_EVERY_MS);
  stop.signal.addEventListener("abort", () => clearInterval(timer));
  return () => stop.abort();
}
