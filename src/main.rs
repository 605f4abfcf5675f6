//! Starts the app in the page.

fn main() {
    #[cfg(all(feature = "ui", target_arch = "wasm32"))]
    recto::ui::start();
}
