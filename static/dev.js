// Shows what authors save as they save it: a page made from the last edition
// reloads when another is published, and a report of mistakes stands over it
// until they are mended. Loaded in dev only.
const events = new EventSource("/dev/events");
let edition, report;

events.addEventListener("edition", ({ data }) => {
  if (edition && edition !== data) location.reload();
  edition = data;
});

events.addEventListener("faults", ({ data }) => {
  const faults = JSON.parse(data);
  report?.remove();
  if (!faults) return;
  report = document.createElement("pre");
  report.popover = "manual";
  report.textContent = faults;
  document.body.append(report);
  report.showPopover();
});
