//! Comments on any server that speaks our own contract, which `docs/comments-server.md` describes; and in a file of
//! that form, which can only be read.

use super::http::{Method, Request, identifier, text, value, with_query};
use super::{Answer, Call, Created, Fate, Page, Refusal, Response, Submission};
use crate::article::json::Json;
use crate::comments::caps::{Kept, Post, Sort};
use crate::comments::draft::{self, Field, Problem, ProblemKind};
use crate::comments::votes::{Vote, Votes};
use crate::comments::{Author, Body, Caps, Comment, Moment, State, Thread};
use crate::json::{Value, json};
use crate::warning::Warnings;

/// Comments asked for at once.
const PAGE: &str = "100";
/// Seconds until more may be posted, where the server does not say.
const PAUSE: u32 = 30;

pub(super) fn caps(server: &str) -> Caps {
    let post = if is_file(server) { Post::Closed } else { Post::Open };
    Caps { post, kept: Kept::OnServer, sorts: Sort::ALL, ..super::local::caps() }
}

pub(super) fn list(server: &str, thread: &Thread, sort: Sort, cursor: &str) -> Call {
    if is_file(server) {
        return Call::Http(Request::get(server.to_owned()));
    }
    let mut query = vec![("thread", thread.key.as_str()), ("sort", sort.as_str()), ("limit", PAGE)];
    if !cursor.is_empty() {
        query.push(("cursor", cursor));
    }
    Call::Http(Request::get(with_query(server, &query)))
}

pub(super) fn listed(answer: &Answer) -> Result<Page, Refusal> {
    let list = value(answer, refused)?;
    let comments = list.get("comments").and_then(Value::as_array).ok_or(Refusal::Unreachable)?;
    let cursor = identifier(&list, "next");
    let rule = |name| list.get("fields").and_then(|fields| fields.get(name)).and_then(Value::as_str);
    let rule = |name| rule(name).and_then(crate::article::FieldRule::from_word);
    Ok(Page {
        votes: comments.iter().filter_map(|item| Some((identifier(item, "id"), votes(item)?))).collect(),
        comments: comments.iter().map(comment).collect(),
        has_more: !cursor.is_empty(),
        cursor,
        total: identifier(&list, "total").parse().ok(),
        asks: rule("name").zip(rule("email")).map(|(name, email)| [name, email]),
        ..Page::default()
    })
}

pub(super) fn create(server: &str, thread: &Thread, submission: &Submission) -> Call {
    let draft = &submission.draft;
    let body = json!({
        "thread": {"key": thread.key, "url": thread.url, "title": thread.title},
        "parent": draft.parent,
        "author": {"name": draft.get(Field::Name), "email": draft.get(Field::Email), "url": draft.get(Field::Website)},
        "markdown": submission.text,
        "client_id": submission.id,
    });
    Call::Http(Request::json(Method::Post, server.to_owned(), &body))
}

pub(super) fn created(answer: &Answer) -> Result<Created, Refusal> {
    let value = value(answer, refused)?;
    let comment = value.get("comment").map(comment).filter(|comment| !comment.id.is_empty()).ok_or(Refusal::Unsure)?;
    let until = value.get("edit_until").and_then(moment);
    let change_for = until.map_or(0, |until| until.0 - comment.created.0);
    Ok(Created { comment, token: text(&value, "token").to_owned(), change_for })
}

pub(super) fn update(server: &str, id: &str, markdown: &str, token: &str) -> Call {
    with_token(Request::json(Method::Put, at(server, id), &json!({"markdown": markdown})), token)
}

pub(super) fn delete(server: &str, id: &str, token: &str) -> Call {
    with_token(Request { method: Method::Delete, ..Request::get(at(server, id)) }, token)
}

/// What became of a change, or of a deletion.
pub(super) fn changed(answer: &Answer) -> Result<Option<Comment>, Refusal> {
    let value = value(answer, refused)?;
    Ok(value.get("comment").map(comment))
}

/// Asks to count a vote.
pub(super) fn vote(server: &str, id: &str, vote: Vote) -> Call {
    let value = match vote {
        Vote::Up => 1,
        Vote::Down => -1,
    };
    Call::Http(Request::json(Method::Post, [&at(server, id), "/vote"].concat(), &json!({"value": value})))
}

/// The votes of a comment now that one was counted.
pub(super) fn voted(answer: &Answer) -> Result<Votes, Refusal> {
    votes(&value(answer, refused)?).ok_or(Refusal::Gone)
}

fn votes(item: &Value<'_>) -> Option<Votes> {
    let votes = item.get("votes")?;
    let number = |name| identifier(votes, name).parse().unwrap_or_default();
    Some(Votes { up: number("up"), down: number("down") })
}

pub(super) fn look(server: &str, id: &str, token: &str) -> Call {
    with_token(Request::get(at(server, id)), token)
}

pub(super) fn fate(answer: &Answer) -> Fate {
    match answer {
        Answer::Http(response) if response.status == 404 => Fate::Gone,
        Answer::Http(response) if response.status == 200 => {
            match response.json().get("comment").map(|item| comment(item).state) {
                Some(State::Published) => Fate::Published,
                Some(State::Held) => Fate::Held,
                _ => Fate::Unknown,
            }
        }
        _ => Fate::Unknown,
    }
}

fn is_file(server: &str) -> bool {
    server.ends_with(".json")
}

fn at(server: &str, id: &str) -> String {
    [server.trim_end_matches('/'), "/", id].concat()
}

fn with_token(mut request: Request, token: &str) -> Call {
    if !token.is_empty() {
        request.headers.push(("authorization", ["Bearer ", token].concat()));
    }
    Call::Http(request)
}

fn moment(value: &Value<'_>) -> Option<Moment> {
    Moment::read(value, &mut Warnings::default())
}

fn comment(item: &Value<'_>) -> Comment {
    Comment {
        id: identifier(item, "id"),
        parent: identifier(item, "parent"),
        author: Author {
            name: text(item, "author.name").to_owned(),
            url: draft::website(text(item, "author.url")).unwrap_or_default(),
        },
        created: item.get("created").and_then(moment).unwrap_or_default(),
        modified: item.get("modified").and_then(moment),
        body: match item.get("markdown").and_then(Value::as_str) {
            Some(markdown) => Body::Markdown(markdown.to_owned()),
            None => Body::Foreign(text(item, "html").to_owned()),
        },
        state: State::from_word(text(item, "state")).unwrap_or(State::Published),
        mine: false,
    }
}

fn refused(response: &Response) -> Refusal {
    let value = response.json();
    let problem = |error: &Value<'_>| {
        let field = match text(error, "field") {
            "name" => Field::Name,
            "email" => Field::Email,
            "url" => Field::Website,
            _ => Field::Comment,
        };
        let kind = match text(error, "code") {
            "required" => ProblemKind::Missing,
            "too_long" => ProblemKind::TooLong(0),
            "too_short" => ProblemKind::TooShort(2),
            _ => ProblemKind::Invalid,
        };
        Problem { field, kind }
    };
    let problems: Vec<_> = value
        .get("errors")
        .and_then(Value::as_array)
        .map(|list| list.iter().map(problem).collect())
        .unwrap_or_default();
    if !problems.is_empty() {
        return Refusal::Fields(problems);
    }
    let wait = identifier(&value, "retry_after").parse().ok().or_else(|| response.number("retry-after"));
    match (response.status, text(&value, "code")) {
        (401, _) => Refusal::LoginRequired,
        (403, "closed") => Refusal::Closed,
        (403, "quota") => Refusal::Quota,
        (403, _) => Refusal::NotYours,
        (404 | 410, _) => Refusal::Gone,
        (409, _) => Refusal::Duplicate,
        (413, _) => Refusal::Fields(vec![Problem { field: Field::Comment, kind: ProblemKind::TooLong(0) }]),
        (429, _) => Refusal::TooFast(wait.unwrap_or(PAUSE)),
        _ => Refusal::Other([text(&value, "title"), text(&value, "detail")].join(" ").trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::Draft;
    use crate::comments::provider::http::tests::{answer, answer_with, request};

    const SERVER: &str = "https://c.example/comments";

    fn thread() -> Thread {
        Thread { key: "a".to_owned(), title: "A".to_owned(), ..Thread::default() }
    }

    #[track_caller]
    fn check(status: u16, body: &str, expected: &Refusal) {
        assert_eq!(created(&answer(status, body)), Err(expected.clone()), "{body}");
    }

    #[test]
    fn asks_by_thread_and_cursor_or_for_a_file() {
        assert_eq!(
            request(list(SERVER, &thread(), Sort::Oldest, "")).url,
            format!("{SERVER}?thread=a&sort=oldest&limit=100")
        );
        assert!(request(list(SERVER, &thread(), Sort::Oldest, "x y")).url.ends_with("&cursor=x%20y"));
        let file = "https://c.example/comments/a.json";
        assert_eq!(request(list(file, &thread(), Sort::Oldest, "")).url, file);
        assert_eq!((caps(file).post, caps(SERVER).post), (Post::Closed, Post::Open));
    }

    #[test]
    fn reads_comments_of_both_kinds() {
        let body = r#"{"comments": [
            {"id": "1", "author": {"name": "Ann", "url": "javascript:x()"}, "created": "2026-11-22T19:16:06Z", "markdown": "*Hi*"},
            {"id": 2, "parent": "1", "author": {"name": "Bob"}, "html": "<p>Yes</p>", "state": "deleted"}], "total": 7, "next": "c",
            "fields": {"name": "optional", "email": "hidden"}}"#;
        let page = listed(&answer(200, body)).unwrap();
        assert_eq!(page.comments[0].body.markdown(), Some("*Hi*"));
        assert_eq!(page.comments[0].author.url, "");
        assert_eq!((page.comments[1].id.as_str(), page.comments[1].state), ("2", State::Deleted));
        assert_eq!((page.has_more, page.cursor.as_str(), page.total), (true, "c", Some(7)));
        assert_eq!(page.asks, Some([crate::article::FieldRule::Optional, crate::article::FieldRule::Hidden]));
    }

    #[test]
    fn posts_with_an_identifier_that_makes_sending_twice_harmless() {
        let fields = ["Hi", "Ann", "ann@example.org", ""].map(str::to_owned);
        let draft = Draft { parent: String::new(), fields };
        let submission = Submission { draft, text: "Hi".to_owned(), id: "u-1".to_owned(), at: Moment(0) };
        let sent = request(create(SERVER, &thread(), &submission));
        assert!(sent.body.unwrap().contains(r#""client_id":"u-1""#));
        let made = r#"{"comment": {"id": "9", "created": "2026-11-22T19:16:06Z", "state": "held"}, "token": "t", "edit_until": "2026-11-22T19:21:06Z"}"#;
        let made = created(&answer(202, made)).unwrap();
        assert_eq!((made.comment.state, made.token.as_str(), made.change_for), (State::Held, "t", 300_000));
        let change = request(update(SERVER, "9", "Ho", "t"));
        assert_eq!((change.method, change.headers[1].1.as_str()), (Method::Put, "Bearer t"));
        assert_eq!(request(delete(SERVER, "9", "t")).headers[0].1, "Bearer t");
        assert_eq!(changed(&answer(204, "")), Ok(None));
        let nowhere = super::super::Provider::Json(SERVER.to_owned()).created(&submission, &answer(404, ""));
        assert_eq!(nowhere.err(), Some(Refusal::Unreachable));
    }

    #[test]
    fn every_refusal_is_told_apart() {
        let invalid = Refusal::Fields(vec![Problem { field: Field::Email, kind: ProblemKind::Invalid }]);
        check(422, r#"{"title": "x", "errors": [{"field": "email", "code": "invalid"}]}"#, &invalid);
        check(401, "", &Refusal::LoginRequired);
        check(403, r#"{"code": "closed"}"#, &Refusal::Closed);
        check(403, r#"{"code": "quota"}"#, &Refusal::Quota);
        check(403, "", &Refusal::NotYours);
        check(404, "", &Refusal::Gone);
        check(409, "", &Refusal::Duplicate);
        check(429, r#"{"retry_after": 9}"#, &Refusal::TooFast(9));
        assert_eq!(created(&answer_with(429, "", &[("retry-after", "8")])), Err(Refusal::TooFast(8)));
        check(418, r#"{"title": "No", "detail": "tea"}"#, &Refusal::Other("No tea".to_owned()));
        check(201, "{}", &Refusal::Unsure);
    }

    #[test]
    fn held_comments_are_asked_after() {
        let item = |state| format!(r#"{{"comment": {{"id": "9", "state": "{state}"}}}}"#);
        assert_eq!(fate(&answer(200, &item("published"))), Fate::Published);
        assert_eq!(fate(&answer(200, &item("held"))), Fate::Held);
        assert_eq!(fate(&answer(404, "")), Fate::Gone);
    }
}
