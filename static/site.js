// What a page gains from a script, and can do without. Controls stand in the
// page hidden, with their words; each is shown where the browser can do it.
const all = (name, run) => document.querySelectorAll(`[data-${name}]`).forEach((element) => run(element, element.dataset));
const whole = (address) => new URL(address, location).href;

const offer = (name, able, act) => able && all(name, (control, data) => {
  control.hidden = false;
  control.addEventListener("click", () => act(data, control));
});

offer("copy", navigator.clipboard, (data, button) => {
  const say = (words) => { button.nextElementSibling.value = words; };
  navigator.clipboard.writeText(whole(data.copy)).then(() => say(data.done), () => say(data.failed));
});

// A visitor who closes the share sheet again rejects its promise.
offer("share", navigator.share, (data) => {
  navigator.share({ title: data.title, url: whole(data.share) }).catch(() => {});
});

offer("print", window.print, () => print());

all("address", (element, data) => { element.textContent = whole(data.address); });

document.getElementById("error-summary")?.focus();

const form = document.querySelector("form.questionnaire");

// Enter in an answer that is changed sends the form as the button below it does,
// which asks for nothing else.
form?.addEventListener("keypress", (press) => {
  const button = press.key === "Enter" && press.target.type === "radio" && press.target.closest("details")?.querySelector("button");
  if (!button) return;
  press.preventDefault();
  button.click();
});

// Who went back some steps and goes on again has given later answers, which are in
// the addresses that the tab could go forward to.
form?.addEventListener("formdata", ({ formData }) => {
  const given = new Set(formData.keys());
  const entries = window.navigation?.entries().slice(navigation.currentEntry.index + 1) ?? [];
  for (const { url } of entries) {
    if (!url?.startsWith(form.action.replace(/[^/]*$/, ""))) break;
    for (const [question, answer] of new URL(url).searchParams) {
      if (!given.has(question) && document.getElementById(question)) formData.set(question, answer);
    }
  }
});
