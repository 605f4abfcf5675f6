//! The interface, started by `boot.js` once it is there.

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[expect(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use recto::browser::modules::{self, Modules};
    use wasm_bindgen::prelude::*;

    /// Starts the app in the page; `modules` loads the other parts of the program.
    #[wasm_bindgen]
    pub fn start(modules: Modules) {
        modules::provide(modules);
        recto::ui::start();
    }
}

fn main() {}
