// Types of webrtc-steps.js: the elements, the events they dispatch, the commands they take. docs/embedding.md says what each means.
//
// The part between the two lines of dashes is held to the program by a test: every event of every scenario fits it, and whatever it allows can be
// read back by the program. It uses interfaces, unions, lists and literals only.

// ----------------------------------------------------------------------------------------------------------------------

/** How much the page does by itself. */
export type Mode = "manual" | "trickle" | "auto";
export type Role = "offerer" | "answerer";
/** `mine`: of this peer; `theirs`: of the other one. */
export type Side = "mine" | "theirs";
export type DescriptionType = "offer" | "answer";
export type LinkState = "none" | "connecting" | "open" | "closed";
export type StepStatus = "done" | "next" | "possible" | "waiting" | "skipped" | "failed";

/** Commands that take nothing. */
export type PlainCommand =
  | "join"
  | "create-peer-connection"
  | "add-data-channel"
  | "create-offer"
  | "set-local-description"
  | "send-offer"
  | "set-remote-description"
  | "create-answer"
  | "send-answer"
  | "send-candidates"
  | "restart-ice"
  | "renegotiate"
  | "add-track"
  | "add-candidates"
  | "close-link"
  | "copy-signal"
  | "close"
  | "leave";
/** Commands that take a text. */
export type TextCommand = "send-message" | "read-signal" | "edit-mine" | "edit-theirs";
/** Options, switched on (`"on"`, `true`) and off (`"off"`, `false`). */
export type Switch = "let-me-fail" | "add-by-hand" | "stop-answering" | "read-statistics";
/** Everything that run() takes. */
export type Command = PlainCommand | TextCommand | Switch | "disturb";
/** What a `control` event can speak of. */
export type Control = Command | "consider" | "recognise" | "switch-dialect";

/** A sentence as data: its id in the catalogue of words, and what fills its holes. */
export interface Message {
  id: string;
  args: Arguments;
}

export interface NamedValue {
  name: string;
  value: string;
}

/** A host that joining contacts, what for, and who named it. */
export interface Contact {
  host: string;
  purpose: Message;
  namedBy: Message;
}

/** A mistake in a dialect's document: where (JSON pointer) and what. */
export interface Mistake {
  pointer: string;
  message: string;
}

/** Something that a dialect asks of the user. */
export interface Ask {
  name: string;
  question: string;
  default: string;
  secret: boolean;
  choices: string[];
}

/** A place in a frame, and why a rule does not fit there. */
export interface Near {
  rule: number | null;
  pointer: string;
  why: string;
}

/** What became of one message in the workbench. */
export interface Probe {
  told: string[];
  replies: string[];
  captured: NamedValue[];
  rule: number | null;
  near: Near | null;
  skipped: Near | null;
}

/** A dialect that reads captured messages: how many of them. */
export interface Fit {
  name: string;
  title: string;
  read: number;
  of: number;
}

/** RTCIceCandidateInit. */
export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
  usernameFragment: string | null;
}

/** What the browser threw. */
export interface Fault {
  name: string;
  message: string;
}

/** A fault on purpose; also what the command `disturb` takes. */
export interface Disturbance {
  side: Side;
  /** The kind of signal; empty: every one. */
  signal: string;
  /** Null ends what is done to this side and signal. */
  disorder: "drop" | "delay" | "duplicate" | "reorder" | "corrupt" | "echo" | null;
  /** With `delay`: by how many milliseconds. */
  ms?: number;
  /** To how many more signals; null: to all. */
  times: number | null;
}

/** What every event has. */
export interface EventBase {
  /** The version of these data. */
  v: 1;
  /** Milliseconds on the page's time origin (performance.now()). */
  at: number;
  /** The number of the peer connection in this page, from 1; 0 before the first. */
  attempt: number;
}

/** The page itself: its browser, and whether it is in the background. */
export interface PageEvent extends EventBase {
  kind: "page";
  agent: string;
  secure: boolean;
  hidden: boolean;
}

/** Whom joining would contact, as the form stands. */
export interface ContactsEvent extends EventBase {
  kind: "contacts";
  contacts: Contact[];
}

/** The click on join was good: what was chosen. */
export interface JoiningEvent extends EventBase {
  kind: "joining";
  endpoint: string;
  room: string;
  mode: string;
  dialect: string;
  iceServers: string[];
  vars: NamedValue[];
  hosts: string[];
  /** The server is the other peer: nobody else has to join. */
  alone: boolean;
  /** The dialect tells who is in the room. */
  tellsPeers: boolean;
  relayOnly: boolean;
}

/** A field of the form cannot be used. */
export interface FieldRefusedEvent extends EventBase {
  kind: "field-refused";
  field: string;
  message: Message;
}

/** A link named a document as the dialect. */
export interface DocumentLinkedEvent extends EventBase {
  kind: "document-linked";
  place: string;
  stage: "unread" | "read" | "halted";
}

/** The run is over. */
export interface LeftEvent extends EventBase {
  kind: "left";
}

/** The signaling link. */
export interface LinkEvent extends EventBase {
  kind: "link";
  state: LinkState;
  note: Message | null;
}

/** The room has us; `me` is our id, where there is one. */
export interface JoinedEvent extends EventBase {
  kind: "joined";
  me: string | null;
  again: boolean;
}

/** The server calls the room otherwise. */
export interface RoomNamedEvent extends EventBase {
  kind: "room-named";
  room: string;
}

export interface PeerJoinedEvent extends EventBase {
  kind: "peer-joined";
  peer: string;
}

export interface PeerLeftEvent extends EventBase {
  kind: "peer-left";
  peer: string;
  message: Message;
}

export interface RoleEvent extends EventBase {
  kind: "role";
  role: Role | null;
  why: Message;
}

export interface AttemptBeganEvent extends EventBase {
  kind: "attempt-began";
}

export interface AttemptEndedEvent extends EventBase {
  kind: "attempt-ended";
  why: Message;
}

/** One of the 26 steps changed. */
export interface StepEvent extends EventBase {
  kind: "step";
  step: number;
  status: StepStatus;
  whose: "mine" | "theirs" | "relay";
  /** Of a step that is not ours: seen, or concluded from what followed. */
  evidence: "observed" | "inferred" | null;
  fact: Message | null;
}

/** Whether a command can be given, and if not, why. */
export interface ControlEvent extends EventBase {
  kind: "control";
  command: Control;
  available: boolean;
  reason: Message | null;
}

/** A call was made on the peer connection. */
export interface CallEvent extends EventBase {
  kind: "call";
  step: number | null;
  call: string;
  byPage: boolean;
}

/** The call was done. */
export interface DoneEvent extends EventBase {
  kind: "done";
  step: number | null;
  call: string;
  fact: Message | null;
}

/** One of the browser's states, in its own word. */
export interface StateEvent extends EventBase {
  kind: "state";
  name: "signalingState" | "iceGatheringState" | "iceConnectionState" | "connectionState" | "channel.readyState";
  value: string;
}

/** A signal went out. */
export interface SentEvent extends EventBase {
  kind: "sent";
  step: number | null;
  signal: string;
  to: string | null;
  text: string;
  again: boolean;
  rule: number | null;
}

/** A frame came; `signal` is what it was read as, or `unknown`. */
export interface ReceivedEvent extends EventBase {
  kind: "received";
  step: number | null;
  signal: string;
  from: string | null;
  text: string;
  rule: number | null;
  events: string[];
  near: Near | null;
  skipped: Near | null;
}

/** A description was set. */
export interface DescriptionEvent extends EventBase {
  kind: "description";
  side: Side;
  type: DescriptionType;
  sdp: string;
}

/** What the next set…Description() will be given. */
export interface PendingEvent extends EventBase {
  kind: "pending";
  side: Side;
  type: DescriptionType | null;
  sdp: string | null;
  edited: boolean;
}

export interface CandidateEvent extends EventBase {
  kind: "candidate";
  side: Side;
  index: number;
  candidate: Candidate;
}

export interface CandidateFateEvent extends EventBase {
  kind: "candidate-fate";
  side: Side;
  index: number;
  fate: "kept" | "used" | "dropped" | "selected";
}

/** A STUN or TURN server did not do its part. */
export interface CandidateErrorEvent extends EventBase {
  kind: "candidate-error";
  url: string;
  code: number;
  text: string;
}

export interface GatheringEndedEvent extends EventBase {
  kind: "gathering-ended";
  count: number;
}

export interface SelectedPairEvent extends EventBase {
  kind: "selected-pair";
  local: string;
  remote: string;
}

export interface ChannelEvent extends EventBase {
  kind: "channel";
  label: string;
  options: string;
  state: string;
}

export interface TrackEvent extends EventBase {
  kind: "track";
  side: Side;
  media: string;
}

export interface NegotiationNeededEvent extends EventBase {
  kind: "negotiation-needed";
}

/** getStats(), as the text of a JSON list. */
export interface StatsEvent extends EventBase {
  kind: "stats";
  stats: string;
}

/** A line of chat. */
export interface ChatEvent extends EventBase {
  kind: "chat";
  side: Side;
  text: string;
}

export interface ChatRefusedEvent extends EventBase {
  kind: "chat-refused";
  text: string;
  message: Message;
}

/** `paste:`: the text to carry to the other side; empty when there is none. */
export interface SignalToCarryEvent extends EventBase {
  kind: "signal-to-carry";
  text: string;
}

/** Something the page did or learnt by itself. */
export interface NoteEvent extends EventBase {
  kind: "note";
  message: Message;
}

/** Something failed: while doing what, why, and what to try. */
export interface TroubleEvent extends EventBase {
  kind: "trouble";
  blame: "browser" | "peer" | "endpoint" | "network" | "user" | "page";
  doing: Message;
  cause: Message;
  advice: Message;
  fault: Fault | null;
  step: number | null;
  call: string | null;
  state: string | null;
}

/** A command of run() came to its end. */
export interface OutcomeEvent extends EventBase {
  kind: "outcome";
  refused: Message | null;
}

export interface OptionEvent extends EventBase {
  kind: "option";
  option: Switch;
  on: boolean;
}

/** The faults on purpose that are in force. */
export interface DisturbancesEvent extends EventBase {
  kind: "disturbances";
  disturbances: Disturbance[];
}

/** A fault on purpose happened to a signal. */
export interface DisturbedEvent extends EventBase {
  kind: "disturbed";
  side: Side;
  disorder: "drop" | "delay" | "duplicate" | "reorder" | "corrupt" | "echo";
  signal: string;
  text: string;
}

/** The document of the chosen dialect, or its mistakes. */
export interface DialectEvent extends EventBase {
  kind: "dialect";
  name: string;
  title: string;
  whole: string;
  note: string;
  asks: Ask[];
  channels: string[];
  mistakes: Mistake[];
}

/** The workbench: a document came, or why it did not. */
export interface OpenedEvent extends EventBase {
  kind: "opened";
  place: string;
  refused: Message | null;
}

/** The workbench: what messages are read as. */
export interface ProbedEvent extends EventBase {
  kind: "probed";
  mistakes: Mistake[];
  messages: Probe[];
}

/** Dialects that read what this one does not know. */
export interface FitsEvent extends EventBase {
  kind: "fits";
  fits: Fit[];
}

/** An HTTP request of the dialect goes out. */
export interface FetchingEvent extends EventBase {
  kind: "fetching";
  method: string;
  url: string;
  body: string | null;
}

/** What came of it; `status` is null where the answer cannot be read. */
export interface FetchedEvent extends EventBase {
  kind: "fetched";
  status: number | null;
  text: string;
}

/** Everything that a run tells: `record` holds these. */
export type RunEvent =
  | PageEvent
  | ContactsEvent
  | JoiningEvent
  | FieldRefusedEvent
  | DocumentLinkedEvent
  | LeftEvent
  | LinkEvent
  | JoinedEvent
  | RoomNamedEvent
  | PeerJoinedEvent
  | PeerLeftEvent
  | RoleEvent
  | AttemptBeganEvent
  | AttemptEndedEvent
  | StepEvent
  | ControlEvent
  | CallEvent
  | DoneEvent
  | StateEvent
  | SentEvent
  | ReceivedEvent
  | DescriptionEvent
  | PendingEvent
  | CandidateEvent
  | CandidateFateEvent
  | CandidateErrorEvent
  | GatheringEndedEvent
  | SelectedPairEvent
  | ChannelEvent
  | TrackEvent
  | NegotiationNeededEvent
  | StatsEvent
  | ChatEvent
  | ChatRefusedEvent
  | SignalToCarryEvent
  | NoteEvent
  | TroubleEvent
  | OutcomeEvent
  | OptionEvent
  | DisturbancesEvent
  | DisturbedEvent
  | DialectEvent
  | OpenedEvent
  | ProbedEvent
  | FitsEvent
  | FetchingEvent
  | FetchedEvent;

// ----------------------------------------------------------------------------------------------------------------------

/** What fills the holes of a sentence, by their names. */
export type Arguments = { [name: string]: string };

/** Where the user is: what was last clicked, focused or shown. It is no part of a run's record. */
export interface PlaceEvent extends EventBase {
  kind: "place";
  place: string;
}

/** The detail of the event `webrtc-steps`. */
export type WebrtcStepsEvent = RunEvent | PlaceEvent;

/** The states, as the element's data-* attributes tell them: `none` before there is a connection. */
export interface States {
  readonly role: Role | "none";
  readonly signalingLink: LinkState;
  readonly signalingState: RTCSignalingState | "none";
  readonly iceGatheringState: RTCIceGatheringState | "none";
  readonly iceConnectionState: RTCIceConnectionState | "none";
  readonly connectionState: RTCPeerConnectionState | "none";
  readonly channelState: RTCDataChannelState | "none";
  /** A mistake in the program stopped this element (data-state="stopped"). */
  readonly stopped: boolean;
}

/** A text, a list that is written with blanks between, or nothing: that removes the attribute. */
type Text = string | readonly string[] | null | undefined;

/** The element `<webrtc-steps>`. */
export class WebrtcSteps extends HTMLElement {
  get endpoint(): string;
  set endpoint(value: Text);
  get room(): string;
  set room(value: Text);
  get dialect(): string;
  set dialect(value: Text);
  get dialectDocument(): string;
  set dialectDocument(value: Text);
  get hosts(): string;
  set hosts(value: Text);
  get iceServers(): string;
  set iceServers(value: Text);
  get theme(): string;
  set theme(value: Text);
  get mode(): Mode;
  set mode(value: Mode | null | undefined);
  get peerRole(): "auto" | Role;
  set peerRole(value: "auto" | Role | null | undefined);
  get iceTransportPolicy(): RTCIceTransportPolicy;
  set iceTransportPolicy(value: RTCIceTransportPolicy | null | undefined);
  autojoin: boolean;

  /** The states as one object. */
  readonly state: States;
  /** Every event of this stay in the page so far, oldest first: a copy. */
  readonly record: RunEvent[];

  /** Gives a command as its button would. Refuses with an Error whose message is the sentence the page shows. */
  run(command: PlainCommand): Promise<void>;
  run(command: TextCommand, value: string): Promise<void>;
  run(command: Switch, value: boolean | "on" | "off"): Promise<void>;
  run(command: "disturb", value: Partial<Disturbance> & Pick<Disturbance, "side">): Promise<void>;
  run(command: Command, value?: unknown): Promise<void>;

  /** Leads to a place: `step-8`, `event-57`, `states`, … Refuses with an Error when it cannot be shown now. */
  show(place: string): Promise<true>;
}

/** The element `<webrtc-steps-pair>`: offerer and answerer side by side. Their events bubble through it. */
export class WebrtcStepsPair extends HTMLElement {
  readonly offerer: WebrtcSteps;
  readonly answerer: WebrtcSteps;
}

/** Gives an element a name; without arguments `webrtc-steps`. What has the name already keeps it. */
export function define(name?: string, element?: CustomElementConstructor): void;

declare global {
  interface HTMLElementTagNameMap {
    "webrtc-steps": WebrtcSteps;
    "webrtc-steps-pair": WebrtcStepsPair;
  }
  interface HTMLElementEventMap {
    "webrtc-steps": CustomEvent<WebrtcStepsEvent>;
  }
  interface DocumentEventMap {
    "webrtc-steps": CustomEvent<WebrtcStepsEvent>;
  }
}
