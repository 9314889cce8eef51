use crate::cli::{Notification, Options};
use crate::failure::Failure;
use crate::http;
use crate::json::Json;
use crate::report::Report;

/// A post that fails ends the run, however well it went.
pub fn notify(options: &Options, report: &Report) -> Result<(), Failure> {
    let wanted = match options.notification {
        Notification::On => true,
        Notification::Failed => !report.succeeded(),
        Notification::Off => false,
    };
    let Some(url) = options.slack_url.as_ref().filter(|_| wanted) else {
        return Ok(());
    };
    let body = Json::Object(vec![("text".to_string(), Json::text(report.to_string()))]);
    let posted = http::post(url, &body.compact());
    posted
        .map(|_| ())
        .map_err(|failure| failure.within("Failed to send Slack message"))
}
