/**
 * One line between the tabs of this browser: for the seal, for locking, leaving, and for staying awake.
 * @module
 */

export const channel = new BroadcastChannel("holdspace");
