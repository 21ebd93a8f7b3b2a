//! Two sessions (or three) on a fake network, each with a fake browser, on virtual time: the same script gives the same run.
//!
//! [`World`] is the clock and the queue of what is still to happen; [`side::Side`] is a page: a session and what it owns;
//! `browser` is an `RTCPeerConnection` as far as signaling sees it; `air` is what lies between two of them; `relay`,
//! `wire` and `tabs` carry signals. `watch` checks what must hold after every event, whoever runs the world.

pub(crate) mod air;
pub(crate) mod browser;
pub(crate) mod catalogue;
pub(crate) mod ice;
pub(crate) mod next_random;
pub(crate) mod perform;
pub(crate) mod relay;
pub(crate) mod sdp;
pub(crate) mod side;
pub(crate) mod tabs;
pub(crate) mod types;
pub(crate) mod watch;
pub(crate) mod wire;
pub(crate) mod world;
