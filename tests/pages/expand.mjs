// Expands calendars as ical.js reads them: by their own VTIMEZONE, and by nothing else.
//
// Reads a JSON list of {ics, after, until} and writes, for each, what it found: for every
// event its UID, status, and the instants in between, in seconds since 1970.
import ICAL from "../node_modules/ical.js/dist/ical.js";
import { readFileSync } from "node:fs";

const MOST = 20000;

function expand({ ics, after, until }) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const zones = {};
  for (const told of calendar.getAllSubcomponents("vtimezone")) {
    const zone = new ICAL.Timezone(told);
    zones[zone.tzid] = zone;
  }
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const zone = zones[component.getFirstProperty("dtstart").getParameter("tzid")];
    const found = [];
    const iterator = event.iterator();
    for (let left = MOST; left > 0; left -= 1) {
      const next = iterator.next();
      if (!next) break;
      if (zone) next.zone = zone;
      const at = next.toUnixTime();
      if (at > until) break;
      if (at > after) found.push(at);
    }
    return {
      uid: event.uid,
      summary: event.summary,
      status: component.getFirstPropertyValue("status"),
      at: found,
    };
  });
}

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(expand)));
