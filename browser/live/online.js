/** Waiting for a line. */

/** @import { Connection } from "./connection.js" */

/** @param {Connection} connection @returns {Promise<void>} when asks get through, by socket or by request */
export function isOnline(connection) {
  if (!connection.isAway) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = connection.on("state", () => {
      if (connection.isAway) return;
      stop();
      resolve();
    });
  });
}
