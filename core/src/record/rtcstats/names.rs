//! The numbers that rtcstats writes for frequent names of methods, of types and of the properties that the page shows.

use serde_json::Value;

const METHODS: [(u64, &str); 34] = [
    (1, "getStats"),
    (2, "createOffer"),
    (3, "createOfferOnSuccess"),
    (4, "createAnswer"),
    (5, "createAnswerOnSuccess"),
    (6, "setLocalDescription"),
    (7, "setLocalDescriptionOnSuccess"),
    (8, "setRemoteDescription"),
    (9, "setRemoteDescriptionOnSuccess"),
    (10, "addIceCandidate"),
    (11, "addIceCandidateOnSuccess"),
    (12, "createOfferOnFailure"),
    (13, "createAnswerOnFailure"),
    (14, "setLocalDescriptionOnFailure"),
    (15, "setRemoteDescriptionOnFailure"),
    (16, "addIceCandidateOnFailure"),
    (20, "onicecandidate"),
    (21, "onicecandidateerror"),
    (22, "ontrack"),
    (23, "onsignalingstatechange"),
    (24, "oniceconnectionstatechange"),
    (25, "onconnectionstatechange"),
    (26, "onicegatheringstatechange"),
    (27, "onnegotiationneeded"),
    (28, "ondatachannel"),
    (30, "addTrack"),
    (32, "addTransceiver"),
    (34, "removeTrack"),
    (35, "createDataChannel"),
    (36, "close"),
    (37, "restartIce"),
    (38, "setConfiguration"),
    (39, "create"),
    (40, "constraints"),
];

const KINDS: [(u64, &str); 14] = [
    (1, "inbound-rtp"),
    (2, "outbound-rtp"),
    (3, "remote-inbound-rtp"),
    (4, "remote-outbound-rtp"),
    (5, "transport"),
    (6, "candidate-pair"),
    (7, "local-candidate"),
    (8, "remote-candidate"),
    (9, "data-channel"),
    (10, "peer-connection"),
    (11, "certificate"),
    (12, "media-source"),
    (13, "media-playout"),
    (14, "codec"),
];

const PROPERTIES: [(&str, &str); 47] = [
    ("5", "transportId"),
    ("14", "packetsReceived"),
    ("41", "bytesReceived"),
    ("75", "roundTripTime"),
    ("76", "totalRoundTripTime"),
    ("79", "packetsSent"),
    ("80", "bytesSent"),
    ("113", "dataChannelsOpened"),
    ("114", "dataChannelsClosed"),
    ("115", "label"),
    ("116", "protocol"),
    ("117", "dataChannelIdentifier"),
    ("118", "state"),
    ("119", "messagesSent"),
    ("120", "messagesReceived"),
    ("121", "iceRole"),
    ("122", "iceLocalUsernameFragment"),
    ("123", "dtlsState"),
    ("124", "iceState"),
    ("125", "selectedCandidatePairId"),
    ("128", "tlsVersion"),
    ("129", "dtlsCipher"),
    ("130", "dtlsRole"),
    ("132", "selectedCandidatePairChanges"),
    ("134", "address"),
    ("135", "port"),
    ("136", "candidateType"),
    ("137", "priority"),
    ("138", "url"),
    ("139", "relayProtocol"),
    ("140", "foundation"),
    ("141", "relatedAddress"),
    ("142", "relatedPort"),
    ("143", "usernameFragment"),
    ("144", "tcpType"),
    ("145", "networkType"),
    ("148", "localCandidateId"),
    ("149", "remoteCandidateId"),
    ("150", "nominated"),
    ("152", "currentRoundTripTime"),
    ("153", "availableOutgoingBitrate"),
    ("154", "availableIncomingBitrate"),
    ("155", "requestsReceived"),
    ("156", "requestsSent"),
    ("157", "responsesReceived"),
    ("158", "responsesSent"),
    ("159", "consentRequestsSent"),
];

/// The method's name; a number that is not known is none.
pub(super) fn method(value: &Value) -> Option<String> {
    match value {
        Value::String(name) if name == "g" => Some("getStats".to_owned()),
        Value::String(name) => Some(name.clone()),
        number => {
            let number = number.as_u64()?;
            let mut known = METHODS.iter();
            let found = known.find(|(known, _)| *known == number);
            // Of no consequence here, and no mistake either.
            Some(found.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned()))
        }
    }
}

/// The type of an entry.
pub(super) fn kind(value: &Value) -> Value {
    let known = value
        .as_u64()
        .and_then(|number| KINDS.iter().find(|(known, _)| *known == number));
    known.map_or_else(|| value.clone(), |(_, name)| Value::from(*name))
}

/// The name of a property.
pub(super) fn property(name: &str) -> &str {
    let mut known = PROPERTIES.iter();
    known
        .find(|(number, _)| *number == name)
        .map_or(name, |(_, name)| name)
}
