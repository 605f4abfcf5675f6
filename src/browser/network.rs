//! Whether there is a network. <https://developer.mozilla.org/docs/Web/API/Navigator/onLine>

use super::listener::listen;
use super::window;

/// Whether the browser takes itself for connected; it may be wrong about that.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls `online` when the network comes back.
pub fn on_online(online: impl Fn() + 'static) {
    listen(&window(), &["online"], Box::new(move |_| online()));
}
