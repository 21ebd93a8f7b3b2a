//! The documents of this project, by name.

/// Part of every program: the relay's, and those of the transports without a server.
const OWN: [(&str, &str); 3] = [
    ("relay", include_str!("../dialects/relay.json")),
    ("tabs", include_str!("../dialects/tabs.json")),
    ("paste", include_str!("../dialects/paste.json")),
];

/// Name and text of each.
#[cfg(target_arch = "wasm32")]
pub static BUILT_IN: [(&str, &str); 3] = OWN;

/// Name and text of each.
#[cfg(not(target_arch = "wasm32"))]
pub static BUILT_IN: [(&str, &str); 27] = [
    OWN[0],
    OWN[1],
    OWN[2],
    ("raw", include_str!("../dialects/raw.json")),
    (
        "perfect-negotiation",
        include_str!("../dialects/perfect-negotiation.json"),
    ),
    (
        "samples-channel",
        include_str!("../dialects/samples-channel.json"),
    ),
    ("simple-peer", include_str!("../dialects/simple-peer.json")),
    ("course", include_str!("../dialects/course.json")),
    (
        "course-variant",
        include_str!("../dialects/course-variant.json"),
    ),
    ("peerjs", include_str!("../dialects/peerjs.json")),
    ("matchbox", include_str!("../dialects/matchbox.json")),
    ("y-webrtc", include_str!("../dialects/y-webrtc.json")),
    ("godot", include_str!("../dialects/godot.json")),
    ("wasm-peers", include_str!("../dialects/wasm-peers.json")),
    ("gstreamer", include_str!("../dialects/gstreamer.json")),
    ("apprtc", include_str!("../dialects/apprtc.json")),
    (
        "trystero-relay",
        include_str!("../dialects/trystero-relay.json"),
    ),
    (
        "pixel-streaming",
        include_str!("../dialects/pixel-streaming.json"),
    ),
    (
        "ovenmediaengine",
        include_str!("../dialects/ovenmediaengine.json"),
    ),
    ("antmedia", include_str!("../dialects/antmedia.json")),
    (
        "janus-echotest",
        include_str!("../dialects/janus-echotest.json"),
    ),
    (
        "janus-videocall",
        include_str!("../dialects/janus-videocall.json"),
    ),
    (
        "simple-signal",
        include_str!("../dialects/simple-signal.json"),
    ),
    (
        "bittorrent-tracker",
        include_str!("../dialects/bittorrent-tracker.json"),
    ),
    (
        "kurento-one2one",
        include_str!("../dialects/kurento-one2one.json"),
    ),
    ("ion-sfu", include_str!("../dialects/ion-sfu.json")),
    ("sora", include_str!("../dialects/sora.json")),
];
