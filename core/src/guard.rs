//! Which command can be given now, and if not, why: what WebRTC forbids, not what the course would rather see later.

use crate::command::Plain;
use crate::facts::Facts;
use crate::io::{Operation, Role};
use crate::signal::DescriptionKind::{Answer, Offer};
use crate::words::{Message, say};

/// `Ok` when the command can be given, else the reason in words. Who wants to fail can give every command that is a call
/// on a peer connection that is there.
pub fn permit(facts: &Facts, command: Plain) -> Result<(), Message> {
    let allowed = allow(facts, command);
    if allowed.is_err() && facts.options.let_me_fail && can_be_tried(facts, command) {
        return Ok(());
    }
    allowed
}

/// [`permit`], for who does not want to fail: what WebRTC forbids.
pub fn allow(facts: &Facts, command: Plain) -> Result<(), Message> {
    if command == Plain::Leave {
        return ensure(facts.run.begun, "reason.not-joined");
    }
    ensure(facts.run.joined, "reason.not-joined")?;
    match command {
        Plain::Leave => Ok(()),
        Plain::CopySignal => ensure(facts.attempt.carryable, "reason.nothing-to-carry"),
        Plain::Close => ensure(facts.attempt.peer_connection, "reason.no-peer-connection"),
        Plain::CloseLink => ensure(facts.run.linked, "reason.no-link"),
        Plain::CreatePeerConnection => create_peer_connection(facts),
        _ => on_peer_connection(facts, command),
    }
}

/// Whether there is an object to make the call on, and something to send.
fn can_be_tried(facts: &Facts, command: Plain) -> bool {
    use Plain::{
        AddCandidates, AddDataChannel, AddTrack, CreateAnswer, CreateOffer, Renegotiate,
        RestartIce, SendAnswer, SendOffer, SetLocalDescription, SetRemoteDescription,
    };
    let attempt = &facts.attempt;
    let there = attempt.peer_connection && idle(facts).is_ok();
    let made = |kind| attempt.made.is_some_and(|made| made.kind == kind);
    there
        && match command {
            AddDataChannel | AddTrack | CreateOffer | CreateAnswer | Renegotiate | RestartIce
            | SetLocalDescription | SetRemoteDescription => true,
            SendOffer => made(Offer),
            SendAnswer => made(Answer),
            AddCandidates => facts.options.add_by_hand && attempt.theirs_waiting > 0,
            _ => false,
        }
}

fn create_peer_connection(facts: &Facts) -> Result<(), Message> {
    ensure(
        !facts.attempt.peer_connection,
        "reason.peer-connection-exists",
    )?;
    idle(facts)
}

fn on_peer_connection(facts: &Facts, command: Plain) -> Result<(), Message> {
    if command == Plain::CreateOffer && facts.may_begin() {
        return Ok(());
    }
    ensure(facts.attempt.peer_connection, "reason.no-peer-connection")?;
    match command {
        Plain::SendOffer => sendable(facts, Role::Offerer),
        Plain::SendAnswer => sendable(facts, Role::Answerer),
        Plain::SendCandidates => send_candidates(facts),
        _ => {
            idle(facts)?;
            negotiate(facts, command)
        }
    }
}

fn negotiate(facts: &Facts, command: Plain) -> Result<(), Message> {
    let attempt = &facts.attempt;
    match command {
        // On a connection that stands, one more opens without any negotiation.
        Plain::AddDataChannel => ensure(
            !attempt.channel_added || attempt.channel_open,
            "reason.channel-added",
        ),
        Plain::CreateOffer => create_offer(facts),
        Plain::CreateAnswer => ensure(
            attempt.signaling == "have-remote-offer",
            "reason.no-remote-offer",
        ),
        Plain::SetLocalDescription => set_local(facts),
        Plain::SetRemoteDescription => set_remote(facts),
        Plain::RestartIce => restart(facts, "reason.no-restart-by-hand"),
        Plain::Renegotiate => restart(facts, "reason.no-renegotiation-by-hand"),
        Plain::AddCandidates => add_candidates(facts),
        _ => Ok(()),
    }
}

fn create_offer(facts: &Facts) -> Result<(), Message> {
    let attempt = &facts.attempt;
    ensure(!attempt.offer_came(), "reason.you-owe-an-answer")?;
    ensure(attempt.remote.is_none(), "reason.agreed-already")?;
    ensure(
        attempt.signaling != "have-remote-offer",
        "reason.you-owe-an-answer",
    )
}

fn set_local(facts: &Facts) -> Result<(), Message> {
    let attempt = &facts.attempt;
    let Some(created) = attempt.created else {
        return Err(say(match (facts.run.role, attempt.local.is_some()) {
            (_, true) => "reason.local-set-already",
            (Some(Role::Answerer), false) => "reason.no-answer-made",
            _ => "reason.no-offer-made",
        }));
    };
    let owes_answer = attempt.signaling == "have-remote-offer";
    match created.kind {
        Offer => ensure(!owes_answer, "reason.you-owe-an-answer"),
        Answer => ensure(owes_answer, "reason.no-remote-offer"),
    }
}

fn set_remote(facts: &Facts) -> Result<(), Message> {
    let attempt = &facts.attempt;
    let Some(received) = attempt.received else {
        return Err(say(match (facts.run.role, attempt.remote.is_some()) {
            (_, true) => "reason.remote-set-already",
            (Some(Role::Answerer), false) => "reason.no-offer-came",
            _ => "reason.no-answer-came",
        }));
    };
    match received.kind {
        Offer => Ok(()),
        Answer => ensure(
            attempt.signaling == "have-local-offer",
            "reason.no-local-offer",
        ),
    }
}

fn sendable(facts: &Facts, role: Role) -> Result<(), Message> {
    let attempt = &facts.attempt;
    let (kind, missing) = match role {
        Role::Offerer => (Offer, "reason.no-offer-made"),
        Role::Answerer => (Answer, "reason.no-answer-made"),
    };
    ensure(attempt.made.is_some_and(|made| made.kind == kind), missing)?;
    // What was lost on the way can be sent once more, until something shows that it came.
    let came = match kind {
        Offer => attempt.remote.is_some() || attempt.answer_came(),
        Answer => attempt.ever_connected,
    };
    ensure(!came || attempt.given != Some(kind), "reason.sent-already")?;
    if !facts.run.trickles {
        ensure(attempt.local.is_some(), "reason.local-not-set")?;
        ensure(attempt.gathering_ended, "reason.still-gathering")?;
    }
    Ok(())
}

fn send_candidates(facts: &Facts) -> Result<(), Message> {
    let attempt = &facts.attempt;
    ensure(facts.run.trickles, "reason.candidates-inside")?;
    ensure(!attempt.flowing, "reason.candidates-flow")?;
    ensure(attempt.local.is_some(), "reason.not-gathering")
}

fn restart(facts: &Facts, by_hand: &'static str) -> Result<(), Message> {
    ensure(facts.attempt.agreed(), "reason.not-agreed")?;
    ensure(!facts.attempt.restarting, "reason.restarting")?;
    ensure(facts.run.linked, "reason.no-link")?;
    ensure(facts.run.trickles, by_hand)
}

fn add_candidates(facts: &Facts) -> Result<(), Message> {
    let attempt = &facts.attempt;
    ensure(facts.options.add_by_hand, "reason.added-at-once")?;
    ensure(attempt.theirs_waiting > 0, "reason.no-candidate-waits")?;
    ensure(attempt.remote.is_some(), "reason.remote-not-set")
}

/// Whether the browser works on nothing that was asked of it.
pub(crate) fn idle(facts: &Facts) -> Result<(), Message> {
    match facts.attempt.busy {
        None => Ok(()),
        Some(operation) => Err(say("reason.busy").with("call", call(operation))),
    }
}

/// The call of an operation as JavaScript, without values.
pub fn call(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => "new RTCPeerConnection()",
        Operation::AddDataChannel => "createDataChannel()",
        Operation::CreateOffer => "createOffer()",
        Operation::CreateAnswer => "createAnswer()",
        Operation::SetLocalDescription(Offer) => "setLocalDescription(offer)",
        Operation::SetLocalDescription(Answer) => "setLocalDescription(answer)",
        Operation::SetRemoteDescription(Offer) => "setRemoteDescription(offer)",
        Operation::SetRemoteDescription(Answer) => "setRemoteDescription(answer)",
        Operation::AddTrack => "addTransceiver()",
        Operation::AddCandidate => "addIceCandidate()",
        Operation::Send => "send()",
    }
}

fn ensure(holds: bool, otherwise: &'static str) -> Result<(), Message> {
    if holds { Ok(()) } else { Err(say(otherwise)) }
}
