//! One function over many values, on all processors.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The results in the order of the values.
pub(super) fn map<T: Sync, R: Send>(values: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(values.len());
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(value) = values.get(index) else { return done };
            done.push((index, work(value)));
        }
    };
    let mut all: Vec<(usize, R)> = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut all = run();
        for worker in workers {
            match worker.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order() {
        let values: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&values, |value| value * 2), values.iter().map(|value| value * 2).collect::<Vec<_>>());
        assert!(map(&[], |value: &usize| *value).is_empty());
    }
}
