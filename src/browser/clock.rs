//! What time it is. <https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Date/now>

use crate::comments::Moment;

/// The present moment, by the clock of this device.
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}
