// Nothing is said again and again.

const beginTurns = () => {};
const endTurns = () => {};
