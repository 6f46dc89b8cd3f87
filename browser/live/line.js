/**
 * The two ways a message reaches the gateway: a socket, and plain requests where sockets do not get through
 * (some offices, libraries and hospitals block them).
 */

/** Close codes of docs/protocol.md 1. */
export const SIGNED_OUT = 4401;

/**
 * @typedef {object} Line
 * @property {(message: Uint8Array) => void} send
 * @property {() => void} close
 *
 * @typedef {object} Ends what a line tells its owner
 * @property {() => void} opened
 * @property {(message: Uint8Array) => void} arrived
 * @property {(code: number) => void} closed once, whether or not it was ever open
 */

/** @param {Ends} ends @returns {Line} */
export function openSocket(ends) {
  const url = new URL("/live", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => ends.opened();
  socket.onmessage = (event) => ends.arrived(new Uint8Array(event.data));
  socket.onclose = (event) => ends.closed(event.code);
  return {
    send: (message) => socket.send(/** @type {Uint8Array<ArrayBuffer>} */ (message)),
    close() {
      // A socket whose other end is gone reports its closing only after a long wait. Its owner need not share it.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      ends.closed(1000);
    },
  };
}

/** @param {Uint8Array} message @returns {Promise<Uint8Array>} @throws when the server cannot be reached */
export async function post(message) {
  const answer = await fetch("/live", {
    method: "POST",
    headers: { "Content-Type": "application/x-holdspace" },
    body: /** @type {Uint8Array<ArrayBuffer>} */ (message),
  });
  if (!answer.ok) throw new Error(`the gateway answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
