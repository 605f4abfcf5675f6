//! The content of a file. It stays outside of this part of the program, whose memory it would only pass through.
//! <https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Uint8Array>

use js_sys::Uint8Array;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;

/// Bytes of a file.
#[derive(Debug, Clone)]
pub struct Bytes(SendWrapper<Uint8Array>);

impl Bytes {
    /// Of a buffer, or of bytes that the browser has.
    pub(super) fn of(buffer: &JsValue) -> Self {
        Self(SendWrapper::new(Uint8Array::new(buffer)))
    }

    pub(super) fn as_js(&self) -> &JsValue {
        self.0.as_ref()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.length() as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As text, if it is UTF-8; what is not becomes U+FFFD.
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(&self.0.to_vec()).into_owned()
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(SendWrapper::new(Uint8Array::from(bytes)))
    }
}
