// The inputs of a section's page by path: what stands in them as somebody typed it, and how it is put there.

export const isPath = (name) => Boolean(name) && !name.startsWith("_") && name !== "csrfmiddlewaretoken";

export function inputsAt(form, path) {
  const found = form.elements.namedItem(path);
  if (!found) return [];
  return found instanceof RadioNodeList ? [...found] : [found];
}

// Text, or a list of what is ticked; null where the page has no such input.
export function typedAt(form, path) {
  const inputs = inputsAt(form, path);
  if (!inputs.length) return null;
  if (inputs[0].type === "checkbox") return inputs.filter((one) => one.checked).map((one) => one.value);
  if (inputs[0].type === "radio") return inputs.find((one) => one.checked)?.value ?? "";
  return inputs[0].value;
}

export function putAt(form, path, typed) {
  for (const one of inputsAt(form, path)) {
    if (one.type === "checkbox") one.checked = [].concat(typed ?? []).includes(one.value);
    else if (one.type === "radio") one.checked = one.value === typed;
    else one.value = typed ?? "";
  }
}

export const same = (one, other) =>
  Array.isArray(one) || Array.isArray(other)
    ? [].concat(one ?? []).join("\n") === [].concat(other ?? []).join("\n")
    : (one ?? "").replaceAll("\r\n", "\n") === (other ?? "").replaceAll("\r\n", "\n");

// Whether a path is in a row that is taken away, and can still be put back.
export const isGone = (form, path) => Boolean(inputsAt(form, path)[0]?.closest("tr")?.hidden);

export const holdsFocus = (form, path) => inputsAt(form, path).includes(document.activeElement);

// The element that what is said about a path stands in: the cell, or the question.
export function placeOf(form, path) {
  const [input] = inputsAt(form, path);
  const cell = input?.closest("td");
  const question = input?.closest("[data-question]") ?? document.getElementById(`q-${path.split("/")[0]}`);
  return cell ?? question?.querySelector("[data-others]") ?? question;
}

export const idOf = (path) => `f-${path.replaceAll("/", "-")}`;

export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

export const fill = (sentence, facts) => sentence.replace(/\{(\w+)\}/g, (_all, key) => facts[key] ?? "");
