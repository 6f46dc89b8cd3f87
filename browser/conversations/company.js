/** Who sits in a room and what they are called: what every view of it asks for. */

import { toHex } from "../sealing/codec.js";
import { emptyCircle, groupName, nameOf } from "./circle.js";

/** @import { Circle } from "./circle.js" */
/** @import { Group } from "../groups/group.js" */

/** Tells `change`. */
export class Company extends EventTarget {
  #circle = emptyCircle();

  /** @param {Group} group */
  constructor(group) {
    super();
    this.group = group;
  }

  /** What is here by now. */
  get circle() {
    return this.#circle;
  }

  /** @param {Circle} circle takes the place of what was here */
  seat(circle) {
    this.#circle = circle;
  }

  /** What a member is called. @param {string} member id in hex */
  nameOf(member) {
    return nameOf(this.circle, member);
  }

  /** This member's id, in hex. */
  get me() {
    return toHex(this.group.me);
  }

  get myName() {
    return this.nameOf(this.me);
  }

  get name() {
    return groupName(this.circle);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }

  /** Did this member say yes to the agreement as it stands, and to the principles? By their own word alone. */
  get hasSigned() {
    return this.isBoth(this.circle.signatures.get(this.me));
  }

  /** @param {Record<string, number>|undefined} signed */
  isBoth(signed) {
    return (signed?.agreement ?? 0) >= (this.group.log.agreement?.version ?? 1) && (signed?.principles ?? 0) >= 1;
  }
}
