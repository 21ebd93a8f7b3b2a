// A lesson: tasks that are done when the element tells what they wait for.

import { useState } from "react";
import "webrtc-steps";
import type { WebrtcStepsEvent } from "webrtc-steps";
import type {} from "webrtc-steps/react";

interface Task {
  words: string;
  isDone: (event: WebrtcStepsEvent) => boolean;
}

const TASKS: Task[] = [
  {
    words: "Give both sides a peer connection.",
    isDone: (event) => event.kind === "done" && event.call.includes("RTCPeerConnection"),
  },
  {
    words: "Let the offerer set its own offer.",
    isDone: (event) => event.kind === "description" && event.side === "mine" && event.type === "offer",
  },
  {
    words: "Carry the answer back to the offerer.",
    isDone: (event) => event.kind === "description" && event.side === "theirs" && event.type === "answer",
  },
  {
    words: "Open the data channel.",
    isDone: (event) => event.kind === "state" && event.name === "channel.readyState" && event.value === "open",
  },
];

export function Lesson() {
  const [done, setDone] = useState<ReadonlySet<Task>>(new Set());

  function follow({ detail }: CustomEvent<WebrtcStepsEvent>) {
    const fresh = TASKS.filter((task) => task.isDone(detail));
    if (fresh.length > 0) setDone((before) => new Set([...before, ...fresh]));
  }

  const next = TASKS.find((task) => !done.has(task));
  return (
    <main>
      <h1>A connection, task by task</h1>
      <ol>
        {TASKS.map((task) => (
          <li key={task.words} aria-current={task === next ? "step" : undefined}>
            {task.words} {done.has(task) && <strong>Done.</strong>}
          </li>
        ))}
      </ol>
      <webrtc-steps-pair mode="manual" onwebrtc-steps={follow} />
    </main>
  );
}
