//! The course as such: manual, trickle and auto over the relay.

use anyhow::{Result, ensure};
use webrtc_steps_tabs::course::Pair;
use webrtc_steps_tabs::pairing;
use webrtc_steps_tabs::ring::Ring;
use webrtc_steps_tabs::world::World;

pub(crate) fn promises(ring: &mut Ring) {
    let all = &pairing::ALL;
    ring.promise("the_manual_course_connects_step_by_step", all, manual);
    ring.promise("the_trickle_course_connects", all, trickle);
    ring.promise("auto_connects_by_itself_after_join", all, auto);
}

async fn manual(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=manual").await?;
    pair.take_manual_course().await?;
    pair.chat().await?;
    pair.is_complete().await
}

async fn trickle(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=trickle").await?;
    pair.take_trickle_course().await?;
    pair.chat().await?;
    pair.is_complete().await
}

async fn auto(world: &World) -> Result<()> {
    let pair = Pair::join(world, "mode=auto").await?;
    pair.chat().await?;
    pair.is_complete().await?;
    for tab in [&pair.offerer, &pair.answerer] {
        let clicks = tab.look().await?.clicks;
        let commands: Vec<_> = clicks.iter().map(|click| click.command.as_str()).collect();
        ensure!(
            commands
                .iter()
                .all(|command| matches!(*command, "join" | "send-message")),
            "{}: clicked {commands:?}",
            tab.name
        );
    }
    Ok(())
}
