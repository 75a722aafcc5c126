// Two changes of one text become one if a whole sentence stands between them; else null, and the server decides.

export function joined(base, mine, theirs) {
  if (!same(base, mine)) {
    if (same(base, theirs) || same(mine, theirs)) return mine;
    if ([base, mine, theirs].some((one) => typeof one !== "string")) return null;
    return joinedText(base, mine, theirs);
  }
  return theirs;
}

function joinedText(base, mine, theirs) {
  const [first, second] = [edit(base, mine), edit(base, theirs)].sort((one, other) => one.start - other.start);
  if (first.end > second.start || !/[.!?…\n]/.test(base.slice(first.end, second.start))) return null;
  return base.slice(0, first.start) + first.text + base.slice(first.end, second.start) + second.text + base.slice(second.end);
}

// What makes the new text of the old: these signs, from start up to end, give way to text.
function edit(old, now) {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let tail = 0;
  while (tail < most - start && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { start, end: old.length - tail, text: now.slice(start, now.length - tail) };
}

const same = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
