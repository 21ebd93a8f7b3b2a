// What is said again and again ------------------------------------------------

const turns = new Map();

/** Says it again at each interval; what began with an event ends with the answer. */
function repeat(rule, event, carried) {
  clearTimeout(turns.get(rule)?.timer);
  const turn = { event };
  turns.set(rule, turn);
  const wait = () => {
    const pause = interval(rule.every);
    turn.timer = setTimeout(() => {
      if (pause !== undefined && holds(rule, scope(carried))) write(rule, carried);
      wait();
    }, pause ?? 1000);
  };
  wait();
}

/** `5 s`, `500 ms` or `{interval} s`, in milliseconds: at least one second, at most a day. */
function interval(every) {
  const [amount, unit] = every.split(" ");
  const number = Number(attempt(() => fill(amount, scope())));
  return Number.isFinite(number) ? Math.min(Math.max(number * (unit === "s" ? 1000 : 1), 1000), 86400000) : undefined;
}

/** What only time sets off begins with the opening. */
function beginTurns() {
  for (const rule of RULES.filter((rule) => rule.every && !("both" in rule) && !("on" in rule))) repeat(rule, "open", {});
}

function endTurns(...events) {
  for (const [rule, turn] of turns) {
    if (!events.includes(turn.event)) continue;
    clearTimeout(turn.timer);
    turns.delete(rule);
  }
}
