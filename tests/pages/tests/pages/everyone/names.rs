//! Names, roles and states as assistive technology is told them, by the browser's own accessibility tree.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_tabs::command;
use webrtc_steps_tabs::course::{OFFER, Pair};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::tab::Tab;
use webrtc_steps_tabs::world::World;

use super::{inside, states};

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("everything_has_its_name_and_its_role", &SAME, named);
}

/// The name that WebDriver gives to a reference to an element (WebDriver 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What the accessibility tree says of an element: role and name (WebDriver 12.4.9 and 12.4.10).
async fn told(tab: &Tab, selector: &str) -> Result<(String, String)> {
    let find = "return root.querySelector(arguments[0]);";
    let found = inside(tab, find, vec![json!(selector)]).await?;
    let element = found.get(ELEMENT).and_then(Value::as_str);
    let element = element.with_context(|| format!("{}: there is no {selector}", tab.name))?;
    let driving = tab.drive().await?;
    let mut told = Vec::new();
    for what in ["computedrole", "computedlabel"] {
        let path = format!("element/{element}/{what}");
        let value = command::give(driving.client, &path, None).await?;
        told.push(value.as_str().unwrap_or_default().to_owned());
    }
    let label = told.pop().unwrap_or_default();
    Ok((told.pop().unwrap_or_default(), label))
}

async fn are_told(tab: &Tab, wanted: &[(&str, &str, &str)]) -> Result<()> {
    let mut wrong = Vec::new();
    for (selector, role, name) in wanted {
        let (is_role, is_name) = told(tab, selector).await?;
        // Some browsers give an item of a list its content as its name.
        let is_name = if *role == "listitem" {
            ""
        } else {
            is_name.as_str()
        };
        if (is_role.as_str(), is_name) != (*role, *name) {
            wrong.push(format!("{selector}: {is_role} “{is_name}”"));
        }
    }
    ensure!(wrong.is_empty(), "{}:\n{}", tab.name, wrong.join("\n"));
    Ok(())
}

const FORM: [(&str, &str, &str); 7] = [
    ("[name=endpoint]", "textbox", "Signaling endpoint"),
    ("[name=room]", "textbox", "Room"),
    ("select[name=mode]", "combobox", "Mode"),
    ("select[name=role]", "combobox", "Role"),
    ("[name=ice-servers]", "textbox", "STUN and TURN servers"),
    ("[data-command=join]", "button", "Join the room"),
    ("[data-command=let-me-fail]", "switch", "Let me fail"),
];

const RUN: [(&str, &str, &str); 12] = [
    ("section.do", "region", "Steps"),
    ("section.happened", "region", "What happened"),
    ("section.details", "region", "Details"),
    (
        "[data-command=create-peer-connection]",
        "button",
        "Create the peer connection",
    ),
    ("[data-step='5']", "listitem", ""),
    (
        "[data-step='5'] .more",
        "button",
        "Explain step 5: Create the offer",
    ),
    (".lamps", "list", ""),
    (".lamps li", "listitem", ""),
    (".diagram .seq", "list", "What happened, in order"),
    ("[data-at=candidates] .fold", "button", "Candidates"),
    ("[data-command=leave]", "button", "Leave"),
    ("[data-command=restart-ice]", "button", "Restart ICE"),
];

async fn named(world: &World) -> Result<()> {
    let first = world.offerer(&world.page("room=named")).await?;
    are_told(&first, &FORM).await?;
    let pair = Pair::join(world, "mode=manual").await?;
    let tab = &pair.offerer;
    states::until_panels(tab).await?;
    pair.take(OFFER[0]).await?;
    are_told(tab, &RUN).await?;
    // What a step says beside its title: its state is in its text, and the next one is the current one.
    let said = "const step = root.querySelector('[data-step=\"2\"]');
        const next = root.querySelector('[aria-current=step]');
        return [step.textContent.includes('Done.'), next.dataset.step, next.textContent.includes('Your next step')];";
    let said = inside(tab, said, vec![]).await?;
    ensure!(said == json!([true, "4", true]), "{said}");
    // A row of the diagram is named by what it shows, then by who did it.
    let (role, name) = told(tab, ".diagram .seq li:nth-last-child(2) .row").await?;
    ensure!(
        role == "button" && name.contains("Done by you"),
        "{role}: {name}"
    );
    let lamp = "return root.querySelector('.lamps li').innerText.replace(/\\s+/g, ' ').trim();";
    let lamp = inside(tab, lamp, vec![]).await?;
    let lamp = lamp.as_str().unwrap_or_default();
    ensure!(lamp.starts_with("Signaling link open"), "{lamp}");
    Ok(())
}
