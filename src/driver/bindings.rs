//! The browser calls that web-sys declares without `catch`, or not at all, and the objects they take.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use webrtc_steps_core::settings::{ChannelOptions, IceServer};
use webrtc_steps_core::signal::{Candidate, Description};

#[wasm_bindgen]
extern "C" {
    /// `RTCPeerConnection` ([webrtc-pc 4.4](https://www.w3.org/TR/webrtc/#rtcpeerconnection-interface)), every call that can throw as a Result.
    #[wasm_bindgen(extends = web_sys::EventTarget, extends = Object, js_name = RTCPeerConnection)]
    #[derive(Debug, Clone)]
    pub(super) type Connection;

    #[wasm_bindgen(constructor, catch, js_class = "RTCPeerConnection")]
    pub(super) fn new(configuration: &Object) -> Result<Connection, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createDataChannel)]
    pub(super) fn create_data_channel(
        this: &Connection,
        label: &str,
        options: &Object,
    ) -> Result<DataChannel, JsValue>;

    #[wasm_bindgen(method, catch, js_name = addTransceiver)]
    pub(super) fn add_transceiver(
        this: &Connection,
        track: &JsValue,
        options: &Object,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getStats)]
    pub(super) fn get_stats(this: &Connection) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createOffer)]
    pub(super) fn create_offer(this: &Connection, options: &Object) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createAnswer)]
    pub(super) fn create_answer(this: &Connection) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setLocalDescription)]
    pub(super) fn set_local_description(
        this: &Connection,
        description: &Object,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setRemoteDescription)]
    pub(super) fn set_remote_description(
        this: &Connection,
        description: &Object,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = addIceCandidate)]
    pub(super) fn add_ice_candidate(
        this: &Connection,
        candidate: &Object,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = setConfiguration)]
    pub(super) fn set_configuration(
        this: &Connection,
        configuration: &Object,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn close(this: &Connection);

    /// `RTCDataChannel` ([webrtc-pc 6.2](https://www.w3.org/TR/webrtc/#rtcdatachannel)).
    #[wasm_bindgen(extends = web_sys::EventTarget, extends = Object, js_name = RTCDataChannel)]
    #[derive(Debug, Clone)]
    pub(super) type DataChannel;

    #[wasm_bindgen(method, getter)]
    pub(super) fn label(this: &DataChannel) -> String;

    #[wasm_bindgen(method, getter, js_name = bufferedAmount)]
    pub(super) fn buffered_amount(this: &DataChannel) -> f64;

    #[wasm_bindgen(method, setter, js_name = bufferedAmountLowThreshold)]
    pub(super) fn set_buffered_amount_low_threshold(this: &DataChannel, bytes: f64);

    #[wasm_bindgen(method, setter, js_name = binaryType)]
    pub(super) fn set_binary_type(this: &DataChannel, kind: &str);

    #[wasm_bindgen(method, catch)]
    pub(super) fn send(this: &DataChannel, text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, js_name = close)]
    pub(super) fn close_channel(this: &DataChannel);
}

/// A property as text; empty when it is not there.
pub(super) fn word(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A property, `undefined` when it is not there or cannot be read.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that counts something; an infinite one is the largest number there is.
pub(super) fn count(object: &JsValue, name: &str) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates, and counts are not negative"
    )]
    get(object, name).as_f64().map(|number| number as u64)
}

/// An object from names and values.
pub(super) fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // A plain object takes every property.
        let _set = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// `RTCConfiguration`.
pub(super) fn configuration(servers: &[IceServer], relay_only: bool) -> Object {
    let list = Array::new();
    for server in servers {
        let urls: Array = server
            .urls
            .iter()
            .map(|url| JsValue::from_str(url))
            .collect();
        let mut members = vec![("urls", JsValue::from(urls))];
        members.extend(
            server
                .username
                .as_deref()
                .map(|name| ("username", name.into())),
        );
        members.extend(
            server
                .credential
                .as_deref()
                .map(|secret| ("credential", secret.into())),
        );
        list.push(&object(&members));
    }
    let policy = if relay_only { "relay" } else { "all" };
    object(&[
        ("iceServers", list.into()),
        ("iceTransportPolicy", policy.into()),
    ])
}

/// `RTCDataChannelInit`.
pub(super) fn channel_options(options: &ChannelOptions) -> Object {
    let mut members = vec![("ordered", JsValue::from_bool(options.ordered))];
    members.extend(
        options
            .max_retransmits
            .map(|most| ("maxRetransmits", most.into())),
    );
    members.extend(
        options
            .max_packet_life_time
            .map(|most| ("maxPacketLifeTime", most.into())),
    );
    if !options.protocol.is_empty() {
        members.push(("protocol", options.protocol.as_str().into()));
    }
    if let Some(id) = options.negotiated {
        members.extend([("negotiated", true.into()), ("id", id.into())]);
    }
    object(&members)
}

/// `RTCSessionDescriptionInit`.
pub(super) fn description(description: &Description) -> Object {
    object(&[
        ("type", description.kind.word().into()),
        ("sdp", description.sdp.as_str().into()),
    ])
}

/// `RTCIceCandidateInit`.
pub(super) fn candidate(candidate: &Candidate) -> Object {
    let mut members = vec![("candidate", JsValue::from_str(&candidate.candidate))];
    members.extend(
        candidate
            .sdp_mid
            .as_deref()
            .map(|mid| ("sdpMid", mid.into())),
    );
    members.extend(
        candidate
            .sdp_m_line_index
            .map(|index| ("sdpMLineIndex", index.into())),
    );
    members.extend(
        candidate
            .username_fragment
            .as_deref()
            .map(|name| ("usernameFragment", name.into())),
    );
    object(&members)
}

/// Reads an `RTCIceCandidate`; `None` for an empty one (the end of candidates).
pub(super) fn read_candidate(value: &JsValue) -> Option<Candidate> {
    let candidate = word(value, "candidate");
    let text = |name: &str| get(value, name).as_string();
    let index = get(value, "sdpMLineIndex").as_f64();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an unsigned short in the specification"
    )]
    let sdp_m_line_index = index.map(|index| index as u16);
    (!candidate.is_empty()).then(|| Candidate {
        candidate,
        sdp_mid: text("sdpMid"),
        sdp_m_line_index,
        username_fragment: text("usernameFragment"),
    })
}
