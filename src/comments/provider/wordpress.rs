//! Comments on a WordPress site, by its REST interface; 6.1 to 7.1 behave the same.
//! <https://developer.wordpress.org/rest-api/reference/comments/>
//!
//! Text is sent as the few tags that WordPress keeps, and comes back as HTML. Names come escaped. Anonymous visitors
//! can neither change nor delete what they wrote, and see nothing of it while it is held.

use super::http::{Method, Request, form, identifier, text, unescaped, value, with_query};
use super::{Answer, Call, Created, Fate, Page, Refusal, Response, Submission};
use crate::comments::caps::{Format, Kept, Sort};
use crate::comments::draft::{self, Field, Problem, ProblemKind};
use crate::comments::{Author, Body, Caps, Comment, Moment, State};
use crate::html::escape_text;
use crate::json::Value;

/// Comments asked for at once: the most that WordPress gives.
const PAGE: &str = "100";
const MOST: usize = 100;
/// Seconds between two comments of one person or address.
const PAUSE: u32 = 16;

pub(super) fn caps() -> Caps {
    // Fields and limits of the form are WordPress's in any case.
    Caps { kept: Kept::OnServer, edit: false, delete: false, format: Format::Flattened, ..super::local::caps() }
}

pub(super) fn list(route: &str, post: u32, sort: Sort, page: &str) -> Call {
    let page = if page.is_empty() { "1" } else { page };
    let order = if sort == Sort::Newest { "desc" } else { "asc" };
    ask(route, post, &[("page", page), ("order", order), ("orderby", "date_gmt")])
}

/// Asks for the first of these: sorted by the newest, replies come in pages before those with what they answer.
pub(super) fn these(route: &str, post: u32, ids: &[&str]) -> Call {
    ask(route, post, &[("include", &ids[..ids.len().min(MOST)].join(","))])
}

fn ask(route: &str, post: u32, how: &[(&str, &str)]) -> Call {
    let post = post.to_string();
    let mut query = vec![("post", post.as_str()), ("per_page", PAGE)];
    query.extend(how);
    query.push(("_fields", "id,parent,author_name,author_url,date_gmt,content,status"));
    Call::Http(Request::get(with_query(root(route), &query)))
}

pub(super) fn listed(answer: &Answer, page: &str) -> Result<Page, Refusal> {
    let items = value(answer, refused)?;
    let items = items.as_array().ok_or(Refusal::Unreachable)?;
    let Answer::Http(response) = answer else { return Err(Refusal::Unreachable) };
    let number: u32 = page.parse().unwrap_or(1);
    Ok(Page {
        comments: items.iter().map(comment).collect(),
        has_more: response.number("x-wp-totalpages").is_some_and(|pages| pages > number),
        total: response.number("x-wp-total"),
        ..Page::default()
    })
}

pub(super) fn create(route: &str, post: u32, submission: &Submission) -> Call {
    let draft = &submission.draft;
    let post = post.to_string();
    // So WordPress stores it. By these letters it knows a comment again that is sent twice.
    let mut name = String::new();
    escape_text(draft.get(Field::Name), &mut name);
    let mut fields = vec![
        ("post", post.as_str()),
        ("author_name", name.as_str()),
        ("author_email", draft.get(Field::Email)),
        ("author_url", draft.get(Field::Website)),
        ("content", &submission.text),
    ];
    if !draft.parent.is_empty() {
        fields.push(("parent", &draft.parent));
    }
    fields.retain(|(name, value)| !value.is_empty() || *name == "content");
    let headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    let url = root(route).to_owned();
    Call::Http(Request { method: Method::Post, url, headers, body: Some(form(&fields)), credentials: false })
}

pub(super) fn created(submission: &Submission, answer: &Answer) -> Result<Created, Refusal> {
    let value = value(answer, refused).map_err(|refusal| match refusal {
        // It is said of name and address together.
        Refusal::Fields(problems) if problems.len() == 2 => {
            let is_empty = |problem: &Problem| submission.draft.get(problem.field).is_empty();
            let (empty, filled): (Vec<_>, Vec<_>) = problems.into_iter().partition(is_empty);
            Refusal::Fields(if empty.is_empty() { filled } else { empty })
        }
        refusal => refusal,
    })?;
    let comment = comment(&value);
    if comment.id.is_empty() {
        return Err(Refusal::Unsure);
    }
    Ok(Created { comment, token: String::new(), change_for: 0 })
}

/// Asks for one comment: while it is held, not even its author is shown it.
pub(super) fn look(route: &str, id: &str) -> Call {
    Call::Http(Request::get([root(route), "/", id].concat()))
}

pub(super) fn fate(answer: &Answer) -> Fate {
    match answer {
        Answer::Http(response) => match response.status {
            200 => Fate::Published,
            401 => Fate::Held,
            404 => Fate::Gone,
            _ => Fate::Unknown,
        },
        _ => Fate::Unknown,
    }
}

/// The route for comments, without what else an address in an article may carry.
fn root(route: &str) -> &str {
    let end = match route.find("rest_route=") {
        Some(start) => route[start..].find('&').map_or(route.len(), |end| start + end),
        None => route.find('?').unwrap_or(route.len()),
    };
    route[..end].trim_end_matches('/')
}

fn comment(item: &Value<'_>) -> Comment {
    let created = [text(item, "date_gmt"), "Z"].concat();
    let url = unescaped(text(item, "author_url"));
    Comment {
        id: identifier(item, "id"),
        parent: identifier(item, "parent"),
        author: Author { name: unescaped(text(item, "author_name")), url: draft::website(&url).unwrap_or_default() },
        created: created.parse().unwrap_or(Moment(0)),
        modified: None,
        body: Body::Foreign(text(item, "content.rendered").to_owned()),
        // What WordPress takes for spam or rubbish its owner may still approve.
        state: match text(item, "status") {
            "approved" | "approve" | "" => State::Published,
            _ => State::Held,
        },
        mine: false,
    }
}

fn refused(response: &Response) -> Refusal {
    let value = response.json();
    let problem = |field, kind| Problem { field, kind };
    let one = |field, kind| Refusal::Fields(vec![problem(field, kind)]);
    match text(&value, "code") {
        "rest_comment_author_data_required" => Refusal::Fields(vec![
            problem(Field::Name, ProblemKind::Missing),
            problem(Field::Email, ProblemKind::Missing),
        ]),
        "rest_comment_content_invalid" => one(Field::Comment, ProblemKind::Missing),
        "comment_author_column_length" => one(Field::Name, ProblemKind::TooLong(0)),
        "comment_author_email_column_length" => one(Field::Email, ProblemKind::TooLong(0)),
        "comment_author_url_column_length" => one(Field::Website, ProblemKind::TooLong(0)),
        "comment_content_column_length" => one(Field::Comment, ProblemKind::TooLong(0)),
        "rest_invalid_param" => {
            let params = value.get("data").and_then(|data| data.get("params"));
            let wrong = [("author_name", Field::Name), ("author_email", Field::Email), ("author_url", Field::Website)]
                .into_iter()
                .filter(|(name, _)| params.is_some_and(|params| params.get(name).is_some()))
                .map(|(_, field)| problem(field, ProblemKind::Invalid))
                .collect::<Vec<_>>();
            if wrong.is_empty() { Refusal::Other(said(&value)) } else { Refusal::Fields(wrong) }
        }
        "comment_duplicate" => Refusal::Duplicate,
        "comment_flood" => Refusal::TooFast(PAUSE),
        "rest_comment_login_required" => Refusal::LoginRequired,
        "rest_comment_closed"
        | "rest_comment_draft_post"
        | "rest_comment_trash_post"
        | "rest_comment_invalid_post_id" => Refusal::Closed,
        "rest_comment_invalid_id" => Refusal::Gone,
        "rest_cannot_edit" | "rest_cannot_delete" => Refusal::NotYours,
        _ => match response.status {
            429 => Refusal::TooFast(response.number("retry-after").unwrap_or(PAUSE)),
            404 => Refusal::Unreachable,
            _ => Refusal::Other(said(&value)),
        },
    }
}

/// The sentence in an error, as text.
fn said(value: &Value<'_>) -> String {
    unescaped(text(value, "message"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::Draft;
    use crate::comments::provider::http::tests::{answer, answer_with, request};

    const ROUTE: &str = "http://127.0.0.1:8180/wp-json/wp/v2/comments";
    const ITEM: &str = r#"{"id":2,"post":4,"parent":0,"author":0,"author_name":"Ann &amp; Bob","author_url":"https:\/\/example.org\/","date":"2026-11-22T20:16:06","date_gmt":"2026-11-22T19:16:06","content":{"rendered":"<p>Hello <b>bold<\/b> x()  <a href=\"https:\/\/x.y\" rel=\"nofollow ugc\">https:\/\/x.y<\/a><\/p>\n<p>second *para*<\/p>\n"},"link":"\/hello-article\/#comment-2","status":"hold","type":"comment","author_avatar_urls":{"24":"http:\/\/2.gravatar.com\/avatar\/8b5a?s=24&d=mm&r=g"},"meta":[]}"#;

    fn submission(fields: [&str; 4]) -> Submission {
        let text = fields[0].to_owned();
        Submission {
            draft: Draft { parent: "2".to_owned(), fields: fields.map(str::to_owned) },
            text,
            ..Submission::default()
        }
    }

    #[track_caller]
    fn check(status: u16, body: &str, expected: &Refusal) {
        let submission = submission(["Hi", "", "ann@example.org", ""]);
        assert_eq!(created(&submission, &answer(status, body)), Err(expected.clone()), "{body}");
    }

    #[test]
    fn asks_for_a_flat_list_without_cookies() {
        let first = request(list(ROUTE, 4, Sort::Oldest, ""));
        assert_eq!((first.method, first.credentials, first.headers.len()), (Method::Get, false, 0));
        assert!(
            first.url.starts_with("http://127.0.0.1:8180/wp-json/wp/v2/comments?post=4&per_page=100&page=1&order=asc")
        );
        assert!(request(list(ROUTE, 4, Sort::Oldest, "2")).url.contains("&page=2&"));
        let plain = "https://a.b/?rest_route=/wp/v2/comments&post=4";
        assert!(
            request(list(plain, 4, Sort::Oldest, ""))
                .url
                .starts_with("https://a.b/?rest_route=/wp/v2/comments&post=4&per_page")
        );
        assert_eq!(request(look(plain, "7")).url, "https://a.b/?rest_route=/wp/v2/comments/7");
        assert_eq!(request(look(&format!("{ROUTE}?post=4"), "7")).url, format!("{ROUTE}/7"));
    }

    #[test]
    fn asks_for_what_comments_answer() {
        let url = request(these(ROUTE, 4, &["7", "12"])).url;
        assert!(url.starts_with(&format!("{ROUTE}?post=4&per_page=100&include=7")), "{url}");
        let ids: Vec<String> = (0..200).map(|id| id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let url = request(these(ROUTE, 4, &ids)).url;
        assert!(url.contains("99&_fields=") && !url.contains("100,"), "{url}");
    }

    #[test]
    fn reads_pages_and_leaves_avatars() {
        let body = format!("[{}]", ITEM.replace("\"hold\"", "\"approved\""));
        let headers = [("x-wp-total", "101"), ("x-wp-totalpages", "2")];
        let page = listed(&answer_with(200, &body, &headers), "").unwrap();
        let comment = &page.comments[0];
        assert_eq!((comment.id.as_str(), comment.parent.as_str(), comment.state), ("2", "", State::Published));
        assert_eq!((comment.author.name.as_str(), comment.author.url.as_str()), ("Ann & Bob", "https://example.org/"));
        assert_eq!(comment.created.to_string(), "2026-11-22T19:16:06.000Z");
        assert!(!format!("{comment:?}").contains("gravatar"));
        assert_eq!((page.has_more, page.total), (true, Some(101)));
        assert!(!listed(&answer_with(200, "[]", &headers), "2").unwrap().has_more);
        assert_eq!(listed(&answer(200, "<html>"), ""), Err(Refusal::Unreachable));
        assert_eq!(listed(&answer(404, r#"{"code":"rest_no_route"}"#), ""), Err(Refusal::Unreachable));
    }

    #[test]
    fn posts_a_form_that_needs_no_preflight() {
        let sent = request(create(ROUTE, 4, &submission(["Hello <b>b</b> & ü", "Ann & Bob", "ann@example.org", ""])));
        assert_eq!((sent.method, sent.url.as_str(), sent.credentials), (Method::Post, ROUTE, false));
        assert_eq!(sent.headers, [("content-type", "application/x-www-form-urlencoded".to_owned())]);
        assert_eq!(
            sent.body.as_deref(),
            Some(
                "post=4&author_name=Ann%20%26amp%3B%20Bob&author_email=ann%40example.org&content=Hello%20%3Cb%3Eb%3C%2Fb%3E%20%26%20%C3%BC&parent=2"
            )
        );
    }

    #[test]
    fn posted_comments_are_published_or_held() {
        let submission = submission(["Hi", "Ann", "ann@example.org", ""]);
        for (status, state) in
            [("hold", State::Held), ("approved", State::Published), ("spam", State::Held), ("trash", State::Held)]
        {
            let made = created(&submission, &answer(201, &ITEM.replace("hold", status))).unwrap();
            assert_eq!((made.comment.state, made.change_for), (state, 0), "{status}");
        }
    }

    #[test]
    fn every_refusal_is_told_apart() {
        let field = |field, kind| Refusal::Fields(vec![Problem { field, kind }]);
        let too_long = |name| field(name, ProblemKind::TooLong(0));
        for (status, code, expected) in [
            (400, "comment_flood", Refusal::TooFast(16)),
            (409, "comment_duplicate", Refusal::Duplicate),
            (400, "rest_comment_author_data_required", field(Field::Name, ProblemKind::Missing)),
            (400, "rest_comment_content_invalid", field(Field::Comment, ProblemKind::Missing)),
            (401, "rest_comment_login_required", Refusal::LoginRequired),
            (403, "rest_comment_closed", Refusal::Closed),
            (403, "rest_comment_invalid_post_id", Refusal::Closed),
            (400, "comment_author_column_length", too_long(Field::Name)),
            (400, "comment_author_email_column_length", too_long(Field::Email)),
            (400, "comment_author_url_column_length", too_long(Field::Website)),
            (400, "comment_content_column_length", too_long(Field::Comment)),
            (403, "unknown_code", Refusal::Other("Duplicate comment detected; you’ve said that!".to_owned())),
            (500, "rest_comment_failed_create", Refusal::Unsure),
        ] {
            let message = "Duplicate comment detected; you&#8217;ve said that!";
            check(
                status,
                &format!(r#"{{"code":"{code}","message":"{message}","data":{{"status":{status}}}}}"#),
                &expected,
            );
        }
        let invalid = r#"{"code":"rest_invalid_param","message":"Invalid parameter(s): author_email","data":{"status":400,"params":{"author_email":"Invalid email address."},"details":{"author_email":{"code":"rest_invalid_email","message":"Invalid email address.","data":null}}}}"#;
        check(400, invalid, &field(Field::Email, ProblemKind::Invalid));
        check(403, "<html>blocked", &Refusal::Other(String::new()));
    }

    #[test]
    fn held_comments_are_asked_after() {
        assert_eq!(fate(&answer(200, ITEM)), Fate::Published);
        assert_eq!(fate(&answer(401, r#"{"code":"rest_cannot_read"}"#)), Fate::Held);
        assert_eq!(fate(&answer(404, r#"{"code":"rest_comment_invalid_id"}"#)), Fate::Gone);
        assert_eq!(fate(&Answer::Offline), Fate::Unknown);
    }
}
