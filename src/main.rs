//! The interface, started by `boot/boot.js` once it is there.

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
#[expect(unreachable_pub, reason = "exported to JavaScript")]
mod exports {
    use recto::browser::first_article::{First, FirstArticle};
    use recto::browser::host::{Host, HostElement};
    use recto::browser::modules::{self, Modules};
    use wasm_bindgen::prelude::*;

    /// Starts the app in the page; `modules` loads the other parts of the program, `first` has the article that the
    /// address names.
    #[wasm_bindgen]
    pub fn start(modules: Modules, first: First) {
        modules::provide(modules);
        recto::ui::start(FirstArticle::new(first));
    }

    /// Starts the app in an element of somebody else's page; what is returned ends it.
    #[wasm_bindgen]
    pub fn start_in(modules: Modules, first: First, host: HostElement) -> JsValue {
        modules::provide(modules);
        Closure::once_into_js(recto::ui::start_in(Host::new(host), FirstArticle::new(first)))
    }
}

fn main() {}
