//! The states of both sides in two columns, with what changed last marked.

use web_sys::Element;
use webrtc_steps::views::dom::{self, Build};
use webrtc_steps::words::Words;
use webrtc_steps_core::io::{Event, FirstChannel, Millis, Role, StateName, What};

/// The table.
pub(super) struct States {
    words: Words,
    cells: Vec<Cell>,
    channels: [FirstChannel; 2],
}

/// One state of one side.
struct Cell {
    name: StateName,
    role: Role,
    element: Element,
    value: String,
    /// When it became that.
    at: Millis,
    changed: bool,
}

/// What changes within this many milliseconds of the last change is marked with it: one call changes several states.
const TOGETHER: Millis = 100.0;

impl States {
    /// Stamps a row for each state.
    ///
    /// # Errors
    /// Names the part of the markup that is missing.
    pub(super) fn new(build: &Build<'_>) -> Result<Self, String> {
        let list = build.part("states");
        let row = build.template("state", &["name", "offerer", "answerer"]);
        let mut cells = Vec::new();
        for name in StateName::ALL {
            let item = row.stamp().ok_or("state")?;
            dom::mark(&item, "data-state-of", name.words().1);
            dom::fill(&item, &[("name", name.words().1)]);
            for role in [Role::Offerer, Role::Answerer] {
                cells.push(Cell {
                    name,
                    role,
                    element: dom::part(&item, role.word()).ok_or("state")?,
                    value: String::new(),
                    at: 0.0,
                    changed: true,
                });
            }
            dom::append(&list, &item);
        }
        let mut made = Self {
            words: build.words.clone(),
            cells,
            channels: Default::default(),
        };
        made.show();
        for cell in &made.cells {
            dom::unclass(&cell.element, "changed");
        }
        Ok(made)
    }

    pub(super) fn apply(&mut self, role: Role, event: &Event) {
        let [offerer, answerer] = &mut self.channels;
        let channel = match role {
            Role::Offerer => offerer,
            Role::Answerer => answerer,
        };
        match &event.what {
            What::State { name, value } => self.set(role, *name, value, event.at),
            What::Channel { label, state, .. } if channel.follows(label, state) => {
                self.set(role, StateName::Channel, state, event.at);
            }
            What::AttemptBegan | What::Left => {
                *channel = FirstChannel::default();
                for name in StateName::ALL {
                    self.set(role, name, "none", event.at);
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, role: Role, name: StateName, value: &str, at: Millis) {
        // Before there is anything the browser has no word.
        let value = if value == "none" { "" } else { value };
        let mut cells = self.cells.iter_mut();
        let cell = cells.find(|cell| cell.role == role && cell.name == name);
        if let Some(cell) = cell.filter(|cell| cell.value != value) {
            value.clone_into(&mut cell.value);
            (cell.changed, cell.at) = (true, at);
        }
    }

    /// Writes what changed. It stays marked until something else does.
    pub(super) fn show(&mut self) {
        if !self.cells.iter().any(|cell| cell.changed) {
            return;
        }
        let changed = self.cells.iter().map(|cell| cell.at);
        let last = changed.fold(0.0, Millis::max);
        for cell in &mut self.cells {
            if !std::mem::take(&mut cell.changed) {
                if last - cell.at > TOGETHER {
                    dom::unclass(&cell.element, "changed");
                }
                continue;
            }
            let none = cell.value.is_empty();
            let said = if none {
                self.words.text("between.states.none")
            } else {
                cell.value.clone()
            };
            dom::say(&cell.element, &said);
            let look = match cell.value.as_str() {
                _ if none => "changed none",
                "connected" | "completed" | "open" => "changed good",
                "failed" | "disconnected" => "changed bad",
                _ => "changed",
            };
            dom::mark(&cell.element, "class", look);
        }
    }
}
