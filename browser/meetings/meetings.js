/** The part of a group's page about its hours: fetched when first wanted. */

import { offer } from "../ui/later.js";
import { meetingView } from "./meeting_view.js";

/** @typedef {{meetingView: typeof meetingView}} Meetings */

offer("meetings", { meetingView });
