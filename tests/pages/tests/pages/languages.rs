//! The page in another language: all of what is shown, and the language of what has no catalogue.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use webrtc_steps_pages::open::Opened;
use webrtc_steps_pages::site::{Site, built_page};
use webrtc_steps_tabs::pairing::SAME;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

/// All that the element shows and that is read out, as one text.
const SHOWN: &str = "
    const root = document.querySelector('webrtc-steps').shadowRoot;
    const names = ['aria-label', 'title', 'placeholder', 'alt'].flatMap((name) =>
      [...root.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)));
    return [...root.children].map((part) => part.innerText ?? '').concat(names).join('\\n');";
/// The start form can be used.
const USABLE: &str = "return !!document.querySelector('webrtc-steps')?.shadowRoot?.querySelector('[data-command=join]');";
/// Runs a command; a refusal of the browser's is an answer too.
const RUN: &str = "return document.querySelector('webrtc-steps').run(arguments[0], arguments[1] ?? undefined).then(() => true, () => true);";
/// Shortest part of a sentence that is looked for, in signs: shorter ones may be a word of both languages.
const TELLING: usize = 14;

pub(crate) fn promises(ring: &mut Ring) {
    ring.promise("a_german_page_shows_no_english_sentence", &SAME, german);
    ring.promise(
        "words_stand_in_the_language_that_they_are_marked_as",
        &SAME,
        marked,
    );
    ring.promise("a_run_goes_on_in_another_language", &SAME, changed);
}

type Sentences = BTreeMap<String, String>;

/// All sentences of a language, as they are served.
fn catalogue(language: &str) -> Result<Sentences> {
    let words = built_page()?.join("words");
    let mut files = vec![words.join(format!("{language}.json"))];
    for entry in fs::read_dir(words.join(language)).context("the words of the panels")? {
        files.push(entry?.path());
    }
    let mut all = Sentences::new();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "json"))
    {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        all.extend(
            serde_json::from_str::<Sentences>(&text).with_context(|| file.display().to_string())?,
        );
    }
    Ok(all)
}

/// What of a sentence stands in the page whatever its holes hold: the longest part between them.
fn telling(sentence: &str) -> &str {
    let parts = sentence.split(['{', '}']).step_by(2);
    parts
        .max_by_key(|part| part.len())
        .unwrap_or_default()
        .trim()
}

/// The English sentences in a text that says all in German.
fn english(shown: &str) -> Result<Vec<String>> {
    let german = catalogue("de")?;
    let found = catalogue("en")?.into_iter().filter(|(id, sentence)| {
        let part = telling(sentence);
        let code = id.contains(".js") || id.contains(".rust");
        let same = german.get(id).is_some_and(|other| other.contains(part));
        !code && !same && part.len() >= TELLING && part.contains(' ') && shown.contains(part)
    });
    Ok(found
        .map(|(id, sentence)| format!("{id}: {sentence}"))
        .collect())
}

async fn check(page: &Opened, when: &str, german: &str) -> Result<()> {
    let script =
        format!("const shown = (() => {{{SHOWN}}})(); return shown.includes({german:?}) && shown;");
    let shown = page.until(&format!("it says {german}"), &script).await?;
    let found = english(shown.as_str().unwrap_or_default())?;
    ensure!(found.is_empty(), "English, {when}: {found:#?}");
    Ok(())
}

async fn open(world: &World, query: &str) -> Result<(Site, Opened)> {
    let site = Site::serve(&[("/", &built_page()?)], &[]).await?;
    let page = Opened::at(world, world.pairing.offerer, &site.url(query)).await?;
    page.until("the element can be used", USABLE).await?;
    Ok((site, page))
}

async fn run(page: &Opened, command: &str, value: Value) -> Result<()> {
    page.eval(RUN, vec![json!(command), value]).await?;
    Ok(())
}

async fn german(world: &World) -> Result<()> {
    let (site, page) = open(world, "?lang=de&endpoint=tabs:&room=deutsch").await?;
    check(&page, "at the start", "Signaling-Endpunkt").await?;
    run(&page, "join", Value::Null).await?;
    check(&page, "alone in the room", "Hol den anderen Peer dazu").await?;
    let other = site.url("?lang=de&endpoint=tabs:&room=deutsch");
    let other = Opened::at(world, world.pairing.offerer, &other).await?;
    other.until("the element can be used", USABLE).await?;
    run(&other, "join", Value::Null).await?;
    check(&other, "second in the room", "Du bist der Offerer").await?;
    run(&other, "create-peer-connection", Value::Null).await?;
    run(&other, "let-me-fail", json!(true)).await?;
    run(&other, "create-answer", Value::Null).await?;
    check(&other, "refused", "Es gibt kein Offer zu beantworten").await?;
    for command in ["create-offer", "set-local-description", "send-offer"] {
        run(&other, command, Value::Null).await?;
    }
    check(
        &other,
        "with an offer that offers nothing",
        "Das Offer bietet nichts an",
    )
    .await
}

async fn marked(world: &World) -> Result<()> {
    let (_site, page) = open(world, "?lang=de&endpoint=tabs:").await?;
    let languages = "const element = document.querySelector('webrtc-steps');
        return [document.documentElement.lang, element.shadowRoot.querySelector('[lang]')?.lang];";
    let found = page.eval(languages, vec![]).await?;
    ensure!(found == json!(["de", "de"]), "{found}");
    // No catalogue: the words are English, and say so.
    page.eval(
        "document.querySelector('webrtc-steps').lang = 'ja';",
        vec![],
    )
    .await?;
    let english = "return document.querySelector('webrtc-steps').shadowRoot.querySelector('[lang]')?.lang === 'en';";
    page.until("the content is marked as English", english)
        .await?;
    Ok(())
}

async fn changed(world: &World) -> Result<()> {
    let (_site, page) = open(world, "?lang=en&endpoint=tabs:&room=change").await?;
    run(&page, "join", Value::Null).await?;
    run(&page, "create-peer-connection", Value::Null).await?;
    page.eval(
        "document.querySelector('webrtc-steps').lang = 'de-AT';",
        vec![],
    )
    .await?;
    check(&page, "after the change", "Die Peer-Verbindung").await?;
    page.until("step 14 is still done", "return !!document.querySelector('webrtc-steps').shadowRoot.querySelector('[data-status=done]');").await?;
    Ok(())
}
