//! The heads of the lanes: who stands where in this run.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::diagram::{self, Diagram};

use super::{said, shapes};

/// The lanes' heads. This peer is always the left one.
pub(super) struct Heads {
    place: Element,
    servers: Element,
    shown: Option<diagram::Heads>,
}

impl Heads {
    pub(super) fn new(build: &Build<'_>) -> Self {
        for part in [
            "me", "between", "host", "peer", "servers", "head-a", "head-b",
        ] {
            build.part(part);
        }
        Self {
            place: build.part("diagram"),
            servers: build.part("lane-v"),
            shown: None,
        }
    }

    pub(super) fn show(&mut self, diagram: &Diagram, words: &Words) {
        let scene = diagram.now();
        let [mine, theirs] = shapes(scene);
        dom::dress(&self.place, "head-a", &["node", mine]);
        dom::dress(&self.place, "head-b", &["node", theirs]);
        dom::show(&self.servers, scene.servers);
        let heads = diagram.heads();
        if self.shown.as_ref() == Some(heads) {
            return;
        }
        let between = said(words, &heads.between);
        let [host, peer, servers] =
            [&heads.host, &heads.peer, &heads.servers].map(|text| said(words, text));
        dom::fill(
            &self.place,
            &[
                ("me", &heads.me),
                ("between", &between),
                ("host", &host),
                ("peer", &peer),
                ("servers", &servers),
            ],
        );
        self.shown = Some(heads.clone());
    }
}
