// Filters the notes of the page. Everything can be read without it.
"use strict";
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const search = document.getElementById("filters");
  const details = all("details");

  addEventListener("beforeprint", () => details.forEach((one) => { one.open = true; }));

  // A marked word leads to the note of its number.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-at]");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const last = mark.dataset.at.split(" ").pop();
    const number = document.getElementById(last);
    if (number && !number.hidden) number.click();
  });

  if (!search) return;
  const form = search.querySelector("form");
  const field = form.elements;
  const notes = all(".finding").map((element) => ({
    element,
    number: element.dataset.number,
    level: element.dataset.level,
    rule: element.dataset.rule,
    path: element.closest(".document").dataset.path,
    words: element.textContent.toLowerCase(),
  }));
  const refs = all(".ref").map((element) => ({ element, number: element.textContent }));
  const marks = all("mark[data-at]").map((element) => ({
    element,
    numbers: element.dataset.at.split(" ").map((at) => at.slice(1).split("-")[0]),
  }));
  const cards = all(".card");
  const documents = all(".document");
  const sections = all("#side-by-side");

  const apply = () => {
    const levels = new Set(all("input[name=level]:checked", form).map((box) => box.value));
    const words = field.words.value.trim().toLowerCase();
    const shown = new Set();
    for (const note of notes) {
      const fits = levels.has(note.level)
        && (!field.rule.value || note.rule === field.rule.value)
        && (!field.path.value || note.path === field.path.value)
        && (!words || note.words.includes(words));
      note.element.hidden = !fits;
      if (fits) shown.add(note.number);
    }
    for (const ref of refs) ref.element.hidden = !shown.has(ref.number);
    for (const mark of marks) {
      mark.element.classList.toggle("off", !mark.numbers.some((number) => shown.has(number)));
    }
    for (const card of cards) card.hidden = !shown.has(card.dataset.number);
    const filtered = shown.size < notes.length;
    for (const one of documents) one.hidden = filtered && !one.querySelector(".ref:not([hidden]), .finding:not([hidden])");
    for (const one of sections) one.hidden = !one.querySelector(".card:not([hidden])");
    field.shown.value = filtered ? `${shown.size} of ${notes.length} findings shown` : `${notes.length} findings`;
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  // A link to something that is filtered out brings it back.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
  });
  search.hidden = false;
  form.reset();
  apply();
})();
