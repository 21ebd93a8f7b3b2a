//! Seats whose socket was lost: their tokens stay good for a while, in a bounded number.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

/// A token's room and id, until a point in time.
struct LostSeat<K> {
    room: K,
    id: String,
    until: Instant,
    number: u64,
}

/// The lost seats of one relay; `K` names a room.
pub(crate) struct LostSeats<K> {
    seats: HashMap<String, LostSeat<K>>,
    /// Oldest first; an entry whose seat was taken back meanwhile is skipped by its number.
    order: VecDeque<(String, u64)>,
    keep_for: Duration,
    max: usize,
    next: u64,
}

impl<K: PartialEq> LostSeats<K> {
    /// Keeps each seat for `keep_for`, and at most `max` of them: beyond that the oldest go.
    pub(crate) fn new(keep_for: Duration, max: usize) -> Self {
        Self {
            seats: HashMap::new(),
            order: VecDeque::new(),
            keep_for,
            max,
            next: 0,
        }
    }

    pub(crate) fn keep(&mut self, token: String, room: K, id: String, now: Instant) {
        let number = self.next;
        self.next += 1;
        self.order.push_back((token.clone(), number));
        self.seats.insert(
            token,
            LostSeat {
                room,
                id,
                until: now + self.keep_for,
                number,
            },
        );
        self.forget_old(now);
    }

    /// Takes a seat back by its token: token and id, if it is still good in this room.
    pub(crate) fn take_back(
        &mut self,
        token: &str,
        room: &K,
        now: Instant,
    ) -> Option<(String, String)> {
        let seat = self.seats.get(token)?;
        if seat.room != *room || now >= seat.until {
            return None;
        }
        self.seats
            .remove_entry(token)
            .map(|(token, seat)| (token, seat.id))
    }

    fn forget_old(&mut self, now: Instant) {
        while let Some((token, number)) = self.order.front() {
            let seat = self.seats.get(token).filter(|seat| seat.number == *number);
            let stays = seat.is_some_and(|seat| now < seat.until);
            if stays && self.order.len() <= self.max {
                break;
            }
            if seat.is_some() {
                self.seats.remove(token);
            }
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn three() -> LostSeats<&'static str> {
        LostSeats::new(MINUTE, 3)
    }

    fn is_good(seats: &mut LostSeats<&'static str>, token: &str, now: Instant) -> bool {
        seats.take_back(token, &"room", now).is_some()
    }

    #[test]
    fn a_token_is_good_once_in_its_room_until_its_time_is_over() {
        let now = Instant::now();
        let mut seats = three();
        seats.keep("a".into(), "room", "id of a".into(), now);
        seats.keep("b".into(), "room", "id of b".into(), now);
        assert_eq!(seats.take_back("a", &"other room", now), None);
        let back = seats.take_back("a", &"room", now + MINUTE / 2);
        assert_eq!(back, Some(("a".into(), "id of a".into())));
        assert!(!is_good(&mut seats, "a", now + MINUTE / 2));
        assert!(!is_good(&mut seats, "b", now + MINUTE));
    }

    #[test]
    fn beyond_the_limit_the_oldest_seat_goes() {
        let now = Instant::now();
        let mut seats = three();
        for token in ["1", "2", "3", "4"] {
            seats.keep(token.into(), "room", "id".into(), now);
        }
        let good = ["1", "2", "3", "4"].map(|token| is_good(&mut seats, token, now));
        assert_eq!(good, [false, true, true, true]);
    }

    #[test]
    fn a_seat_lost_taken_back_and_lost_again_lives_by_its_last_loss() {
        let now = Instant::now();
        let mut seats = three();
        seats.keep("token".into(), "room", "id".into(), now);
        assert!(is_good(&mut seats, "token", now));
        seats.keep("token".into(), "room", "id".into(), now + MINUTE / 2);
        seats.keep("other".into(), "room", "id".into(), now + MINUTE);
        assert!(is_good(&mut seats, "token", now + MINUTE));
        assert!(seats.order.len() <= 3 && seats.seats.len() == 1);
    }
}
