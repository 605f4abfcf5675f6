//! Comments on an Isso server, as version 0.14 behaves. <https://isso-comments.de/docs/reference/server-api/>
//!
//! Text is sent as Markdown and asked for as Markdown, so that no HTML of the server's is shown. Names come escaped. Replies are one level deep: the server moves
//! deeper ones up. The author of a comment is known by a cookie, for some minutes.

use super::http::{Method, Request, identifier, text, unescaped, value, with_query};
use super::{Answer, Call, Created, Fate, Page, Refusal, Sought, Submission};
use crate::article::FieldRule;
use crate::article::json::Json;
use crate::comments::caps::{Format, Kept, Post, Sort, Unit};
use crate::comments::draft::{self, Field, Problem, ProblemKind};
use crate::comments::votes::{Vote, Votes};
use crate::comments::{Author, Body, Caps, Comment, Moment, State, Thread};
use crate::json::{Value, json};
use crate::warning::Warnings;

/// Threads asked for at once.
const PAGE: &str = "50";
/// Minutes in which a comment can be changed, unless the server was set otherwise.
const CHANGE_MINUTES: i64 = 15;
/// Seconds until more may be posted: the server counts by the minute and does not say.
const PAUSE: u32 = 30;
/// Milliseconds by which the server's clock may be known wrongly.
const CLOCKS_DIFFER: i64 = 120_000;

pub(super) fn caps() -> Caps {
    Caps {
        post: Post::Open,
        kept: Kept::OnServer,
        name: FieldRule::Optional,
        email: FieldRule::Optional,
        website: FieldRule::Optional,
        longest: [65_535, 245, 254, 254],
        unit: Unit::Characters,
        shortest: 3,
        edit: true,
        delete: true,
        depth: 2,
        format: Format::Markdown,
        sorts: Sort::ALL,
    }
}

pub(super) fn list(server: &str, thread: &Thread, sort: Sort, offset: &str) -> Call {
    let sort = if sort == Sort::Liked { "upvotes" } else { sort.as_str() };
    let mut query = vec![("uri", thread.key.as_str()), ("limit", PAGE), ("sort", sort), ("plain", "1")];
    if !offset.is_empty() {
        query.push(("offset", offset));
    }
    ask(Request::get(with_query(&root(server), &query)))
}

/// Asks for the comments among which one must be whose answer was lost, as they were written, and whether the server
/// shows every comment at once. An answer may stand under any thread, however old.
pub(super) fn seek(server: &str, thread: &Thread, parent: &str) -> Vec<Call> {
    let mut query = vec![("uri", thread.key.as_str()), ("sort", "newest"), ("plain", "1")];
    if parent.is_empty() {
        query.push(("limit", "20"));
    }
    let root = root(server);
    vec![ask(Request::get(with_query(&root, &query))), ask(Request::get([&root, "info"].concat()))]
}

pub(super) fn listed(answer: &Answer) -> Result<Page, Refusal> {
    let list = value(answer, refused)?;
    let roots = list.get("replies").and_then(Value::as_array).ok_or(Refusal::Unreachable)?;
    let mut page = Page::default();
    for root in roots {
        for item in std::iter::once(root).chain(replies(root)) {
            page.comments.push(comment(item));
            page.votes.extend(votes(item).map(|votes| (identifier(item, "id"), votes)));
        }
    }
    page.has_more = !identifier(&list, "hidden_replies").is_empty();
    page.threads = roots.len();
    let rule = |name| match list.get("config").and_then(|config| config.get(name)) {
        Some(Value::Bool(true)) => FieldRule::Required,
        _ => FieldRule::Optional,
    };
    page.asks = Some([rule("require-author"), rule("require-email")]);
    Ok(page)
}

/// What became of a submission, from the answers to [`seek`].
pub(super) fn sought(
    submission: &Submission,
    server_at: Option<Moment>,
    answers: &[Answer],
    is_known: &dyn Fn(&Comment) -> bool,
) -> Sought {
    let [listed, info] = answers else { return Sought::Unanswered(Refusal::Unreachable) };
    let list = match value(listed, refused) {
        Ok(list) if list.get("replies").is_some() => list,
        Ok(_) => return Sought::Unanswered(Refusal::Unreachable),
        Err(refusal) => return Sought::Unanswered(refusal),
    };
    let all = replies(&list).flat_map(|root| replies(root).chain([root]));
    let name = submission.draft.get(Field::Name);
    let mut same = all
        .filter(|item| {
            unescaped(text(item, "author")) == name && text(item, "text").trim_end() == submission.text.trim_end()
        })
        .map(comment)
        .filter(|comment| server_at.is_none_or(|at| comment.created.0 > at.0 - CLOCKS_DIFFER) && !is_known(comment));
    match (same.next(), value(info, refused)) {
        (Some(comment), _) => Sought::Found(Box::new(comment)),
        (None, Ok(info)) if info.get("moderation") == Some(&Value::Bool(false)) => Sought::Nowhere,
        (None, Err(refusal @ (Refusal::Offline | Refusal::Unreachable | Refusal::Unsure))) => {
            Sought::Unanswered(refusal)
        }
        (None, _) => Sought::Hidden,
    }
}

fn replies<'v>(value: &'v Value<'v>) -> impl Iterator<Item = &'v Value<'v>> {
    value.get("replies").and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn create(server: &str, thread: &Thread, submission: &Submission) -> Call {
    let draft = &submission.draft;
    let field = |field| Some(draft.get(field)).filter(|text| !text.is_empty());
    let parent = draft.parent.parse::<u64>().ok();
    // The first comment of a thread needs a title.
    let title = if thread.title.is_empty() { &thread.key } else { &thread.title };
    let body = json!({
        "text": submission.text, "author": field(Field::Name), "email": field(Field::Email),
        "website": field(Field::Website), "parent": parent, "title": title,
    });
    let url = with_query(&[&root(server), "new"].concat(), &[("uri", &thread.key)]);
    ask(Request::json(Method::Post, url, &body))
}

pub(super) fn created(answer: &Answer) -> Result<Created, Refusal> {
    let comment = comment(&value(answer, refused)?);
    if comment.id.is_empty() {
        return Err(Refusal::Unsure);
    }
    Ok(Created { comment, token: String::new(), change_for: CHANGE_MINUTES * 60_000 })
}

pub(super) fn update(server: &str, id: &str, markdown: &str) -> Call {
    ask(Request::json(Method::Put, at(server, id), &json!({"text": markdown})))
}

pub(super) fn delete(server: &str, id: &str) -> Call {
    ask(Request { method: Method::Delete, ..Request::get(at(server, id)) })
}

/// What became of a change, or of a deletion.
pub(super) fn changed(answer: &Answer) -> Result<Option<Comment>, Refusal> {
    let value = value(answer, |response| match response.status {
        403 => Refusal::NotYours,
        _ => refused(response),
    })?;
    Ok(value.is_object().then(|| comment(&value)))
}

/// Asks to count a vote.
pub(super) fn vote(server: &str, id: &str, vote: Vote) -> Call {
    let word = match vote {
        Vote::Up => "/like",
        Vote::Down => "/dislike",
    };
    ask(Request { method: Method::Post, ..Request::get([&at(server, id), word].concat()) })
}

/// The votes of a comment now that one was counted.
pub(super) fn voted(answer: &Answer) -> Result<Votes, Refusal> {
    let value = value(answer, refused)?;
    match (votes(&value), value.get("message")) {
        // One more from this network, or one's own comment: that is said with a yes.
        (_, Some(_)) => Err(Refusal::Duplicate),
        (votes, None) => votes.ok_or(Refusal::Gone),
    }
}

/// Asks for one comment, which the server shows to its author alone.
pub(super) fn look(server: &str, id: &str) -> Call {
    ask(Request::get(at(server, id)))
}

pub(super) fn fate(answer: &Answer) -> Fate {
    match answer {
        Answer::Http(response) if response.status == 404 => Fate::Gone,
        Answer::Http(response) if response.status == 200 => match comment(&response.json()) {
            comment if comment.state == State::Published => Fate::Published,
            _ => Fate::Held,
        },
        _ => Fate::Unknown,
    }
}

/// With the author's cookie.
fn ask(request: Request) -> Call {
    Call::Http(Request { credentials: true, ..request })
}

fn root(server: &str) -> String {
    [server.trim_end_matches('/'), "/"].concat()
}

fn at(server: &str, id: &str) -> String {
    [&root(server), "id/", id].concat()
}

fn votes(item: &Value<'_>) -> Option<Votes> {
    let number = |name| item.get(name)?.as_u64()?.try_into().ok();
    Some(Votes { up: number("likes")?, down: number("dislikes")? })
}

fn comment(item: &Value<'_>) -> Comment {
    let moment = |name| item.get(name).and_then(|value| Moment::read(value, &mut Warnings::default()));
    let url = unescaped(text(item, "website"));
    Comment {
        id: identifier(item, "id"),
        parent: identifier(item, "parent"),
        author: Author { name: unescaped(text(item, "author")), url: draft::website(&url).unwrap_or_default() },
        created: moment("created").unwrap_or_default(),
        modified: moment("modified"),
        body: Body::Markdown(text(item, "text").to_owned()),
        state: match identifier(item, "mode").as_str() {
            "2" => State::Held,
            "4" => State::Deleted,
            _ => State::Published,
        },
        mine: false,
    }
}

/// What the server says is wrong: some of it in JSON, most of it in HTML, whatever it is asked for.
fn refused(response: &super::Response) -> Refusal {
    const SAYINGS: &[(&str, Field, ProblemKind)] = &[
        ("text is missing", Field::Comment, ProblemKind::Missing),
        ("text is too short", Field::Comment, ProblemKind::TooShort(3)),
        ("text is too long", Field::Comment, ProblemKind::TooLong(0)),
        ("author address required", Field::Name, ProblemKind::Missing),
        ("email address required", Field::Email, ProblemKind::Missing),
        ("rfc5321", Field::Email, ProblemKind::TooLong(0)),
        ("Website not", Field::Website, ProblemKind::Invalid),
        ("arbitrary length limit", Field::Website, ProblemKind::TooLong(0)),
    ];
    let said = said(response);
    if let Some((_, field, kind)) = SAYINGS.iter().find(|(saying, ..)| said.contains(saying)) {
        return Refusal::Fields(vec![Problem { field: *field, kind: *kind }]);
    }
    match response.status {
        403 if said.contains("ratelimit") => Refusal::TooFast(PAUSE),
        // Isso does not say so, but what stands before it may.
        429 => Refusal::TooFast(response.number("retry-after").unwrap_or(PAUSE)),
        403 if said.contains("direct responses") || said.contains("edit time frame") => Refusal::Quota,
        404 => Refusal::Gone,
        413 => Refusal::Fields(vec![Problem { field: Field::Comment, kind: ProblemKind::TooLong(0) }]),
        _ => Refusal::Other(said),
    }
}

/// The sentence in an error, as text.
fn said(response: &super::Response) -> String {
    let value = response.json();
    let message = text(&value, "message");
    if !message.is_empty() {
        return message.split_once(": ").map_or(message, |(_, message)| message).to_owned();
    }
    let paragraph = response.body.split_once("<p>").and_then(|(_, rest)| rest.split_once("</p>"));
    unescaped(paragraph.map_or("", |(paragraph, _)| paragraph))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::Draft;
    use crate::comments::provider::http::tests::{answer, request};

    const SERVER: &str = "http://127.0.0.1:8190";
    const ITEM: &str = r#"{"id": 1, "parent": null, "created": 1795374587.99, "modified": null, "mode": 1, "text": "<p>hello <em>world</em> &lt;b&gt;x&lt;/b&gt; https://a.b</p>", "author": "Ann &amp; Bob", "website": "http://example.org", "likes": 0, "dislikes": 0, "notification": null, "hash": "f08ca314132e"}"#;

    fn thread() -> Thread {
        Thread { key: "/a/".to_owned(), title: "Article A".to_owned(), ..Thread::default() }
    }

    fn submission(parent: &str) -> Submission {
        let text = "hello *world* <b>x</b> https://a.b".to_owned();
        let fields = [text.clone(), "Ann & Bob".to_owned(), "ann@example.org".to_owned(), String::new()];
        Submission { draft: Draft { parent: parent.to_owned(), fields }, text, ..Submission::default() }
    }

    fn html(paragraph: &str) -> String {
        format!("<!doctype html><html lang=en><title>400 Bad Request</title><h1>Bad Request</h1><p>{paragraph}</p>")
    }

    #[track_caller]
    fn check(status: u16, body: &str, expected: &Refusal) {
        assert_eq!(created(&answer(status, body)), Err(expected.clone()), "{body}");
    }

    #[test]
    fn asks_for_threads_a_page_at_a_time_with_the_cookie() {
        let first = request(list(SERVER, &thread(), Sort::Oldest, ""));
        assert_eq!((first.method, first.credentials), (Method::Get, true));
        assert_eq!(first.url, "http://127.0.0.1:8190/?uri=%2Fa%2F&limit=50&sort=oldest&plain=1");
        assert!(
            request(list("https://a.b/isso/", &thread(), Sort::Liked, "50"))
                .url
                .ends_with("/isso/?uri=%2Fa%2F&limit=50&sort=upvotes&plain=1&offset=50")
        );
    }

    #[test]
    fn reads_lists_with_replies_and_what_the_server_requires() {
        let reply = ITEM.replace("\"id\": 1", "\"id\": 2").replace("null, \"created\"", "1, \"created\"");
        let root = ITEM.replace("\"mode\": 1", "\"replies\": [REPLY], \"mode\": 4").replace("REPLY", &reply);
        let body = format!(
            r#"{{"id": null, "total_replies": 61, "hidden_replies": 11, "replies": [{root}], "config": {{"require-email": true, "require-author": false}}}}"#
        );
        let page = listed(&answer(200, &body)).unwrap();
        let [root, reply] = &page.comments[..] else { panic!("two comments") };
        assert_eq!((root.state, reply.parent.as_str(), reply.state), (State::Deleted, "1", State::Published));
        assert_eq!((reply.author.name.as_str(), reply.author.url.as_str()), ("Ann & Bob", "http://example.org"));
        assert_eq!(reply.created, Moment(1_795_374_587_990));
        assert!(reply.body.markdown().is_some());
        assert_eq!((page.has_more, page.threads), (true, 1));
        assert_eq!(page.asks, Some([FieldRule::Optional, FieldRule::Required]));
        let empty = r#"{"id": null, "total_replies": 0, "hidden_replies": 0, "replies": [], "config": {}}"#;
        assert!(!listed(&answer(200, empty)).unwrap().has_more);
    }

    #[test]
    fn answers_that_are_no_list_are_not_taken_for_no_comments() {
        assert_eq!(listed(&answer(200, "<html>captive portal")), Err(Refusal::Unreachable));
        assert_eq!(listed(&answer(502, "")), Err(Refusal::Unsure));
        assert_eq!(listed(&Answer::Unreachable), Err(Refusal::Unreachable));
        assert_eq!(listed(&Answer::Offline), Err(Refusal::Offline));
        assert_eq!(listed(&Answer::Silent), Err(Refusal::Unsure));
    }

    #[test]
    fn posts_markdown_with_a_title() {
        let sent = request(create(SERVER, &thread(), &submission("1")));
        assert_eq!((sent.method, sent.credentials), (Method::Post, true));
        assert_eq!(sent.url, "http://127.0.0.1:8190/new?uri=%2Fa%2F");
        assert_eq!(sent.headers, [("content-type", "application/json".to_owned())]);
        let body = sent.body.unwrap();
        let body = crate::json::parse(&body).unwrap();
        assert_eq!(
            body,
            json!({"text": "hello *world* <b>x</b> https://a.b", "author": "Ann & Bob", "email": "ann@example.org",
                "website": null, "parent": 1, "title": "Article A"})
        );
    }

    #[test]
    fn posted_comments_are_published_or_held() {
        let made = created(&answer(201, ITEM)).unwrap();
        assert_eq!((made.comment.id.as_str(), made.comment.state, made.change_for), ("1", State::Published, 900_000));
        let held = created(&answer(202, &ITEM.replace("\"mode\": 1", "\"mode\": 2"))).unwrap();
        assert_eq!(held.comment.state, State::Held);
    }

    #[test]
    fn every_refusal_is_told_apart() {
        let field = |field, kind| Refusal::Fields(vec![Problem { field, kind }]);
        for (said, expected) in [
            ("text is missing", field(Field::Comment, ProblemKind::Missing)),
            ("text is too short (minimum length: 3)", field(Field::Comment, ProblemKind::TooShort(3))),
            ("text is too long (maximum length: 65535)", field(Field::Comment, ProblemKind::TooLong(0))),
            ("Website not Django-conform", field(Field::Website, ProblemKind::Invalid)),
            ("arbitrary length limit", field(Field::Website, ProblemKind::TooLong(0))),
            ("http://tools.ietf.org/html/rfc5321#section-4.5.3", field(Field::Email, ProblemKind::TooLong(0))),
            ("Cannot create new thread: &#x27;x&#x27;", Refusal::Other("Cannot create new thread: 'x'".to_owned())),
        ] {
            check(400, &html(said), &expected);
        }
        for (said, expected) in [
            ("127.0.0.0: ratelimit exceeded (1, 2)", Refusal::TooFast(30)),
            ("3 direct responses to /uri/", Refusal::Quota),
            ("edit time frame is still open", Refusal::Quota),
            ("email address required but not provided", field(Field::Email, ProblemKind::Missing)),
            ("author address required but not provided", field(Field::Name, ProblemKind::Missing)),
        ] {
            check(403, &format!("{{\"message\": \"403 Forbidden: {said}\"}}"), &expected);
            check(403, &html(said), &expected);
        }
        check(413, "", &field(Field::Comment, ProblemKind::TooLong(0)));
        check(429, "", &Refusal::TooFast(30));
        check(500, "", &Refusal::Unsure);
    }

    #[test]
    fn changes_and_deletes_with_the_cookie_alone() {
        let change = request(update(SERVER, "1", "edited **now**"));
        assert_eq!((change.method, change.url.as_str()), (Method::Put, "http://127.0.0.1:8190/id/1"));
        assert_eq!(change.body.as_deref(), Some("{\"text\":\"edited **now**\"}"));
        assert!(changed(&answer(200, ITEM)).unwrap().is_some());
        assert_eq!(changed(&answer(403, &html("You don&#x27;t have the permission"))), Err(Refusal::NotYours));
        let gone = request(delete(SERVER, "1"));
        assert_eq!((gone.method, gone.headers.len(), gone.body), (Method::Delete, 0, None));
        assert_eq!(changed(&answer(200, "null")), Ok(None));
        let replied = ITEM.replace("\"mode\": 1", "\"mode\": 4");
        assert_eq!(changed(&answer(200, &replied)).unwrap().unwrap().state, State::Deleted);
        assert_eq!(changed(&answer(404, "")), Err(Refusal::Gone));
    }

    #[test]
    fn votes_are_counted_once() {
        let sent = request(vote(SERVER, "1", Vote::Down));
        assert_eq!((sent.method, sent.url.as_str()), (Method::Post, "http://127.0.0.1:8190/id/1/dislike"));
        assert_eq!((sent.headers.len(), sent.body), (0, None), "Isso takes another content type for forgery");
        assert_eq!(voted(&answer(200, r#"{"likes": 3, "dislikes": 1}"#)), Ok(Votes { up: 3, down: 1 }));
        let refused = r#"{"likes": 0, "dislikes": 0, "message": "Upvote denied because a vote has already been registered for this remote address: 127.0.0.0"}"#;
        assert_eq!(voted(&answer(200, refused)), Err(Refusal::Duplicate));
        assert_eq!(voted(&answer(200, "null")), Err(Refusal::Gone));
        let list = format!("{{\"replies\": [{}]}}", ITEM.replace("\"likes\": 0", "\"likes\": 7"));
        assert_eq!(listed(&answer(200, &list)).unwrap().votes, [("1".to_owned(), Votes { up: 7, down: 0 })]);
    }

    #[test]
    fn held_comments_are_asked_after() {
        assert_eq!(request(look(SERVER, "1")).url, "http://127.0.0.1:8190/id/1");
        assert_eq!(fate(&answer(200, ITEM)), Fate::Published);
        assert_eq!(fate(&answer(200, &ITEM.replace("\"mode\": 1", "\"mode\": 2"))), Fate::Held);
        assert_eq!(fate(&answer(404, "")), Fate::Gone);
        assert_eq!(fate(&answer(403, "")), Fate::Unknown);
    }

    #[test]
    fn lost_answers_are_found_by_what_was_written() {
        let asked =
            |parent| seek(SERVER, &thread(), parent).into_iter().map(|call| request(call).url).collect::<Vec<_>>();
        assert_eq!(
            asked(""),
            ["http://127.0.0.1:8190/?uri=%2Fa%2F&sort=newest&plain=1&limit=20", "http://127.0.0.1:8190/info"]
        );
        assert!(asked("7")[0].ends_with("plain=1"), "an answer may stand under any thread");
        let plain = ITEM.replace(
            "<p>hello <em>world</em> &lt;b&gt;x&lt;/b&gt; https://a.b</p>",
            "hello *world* <b>x</b> https://a.b",
        );
        let list = format!("{{\"replies\": [{{\"text\": \"other\", \"replies\": [{plain}]}}]}}");
        let open = answer(200, "{\"moderation\": false}");
        let look = |list: Answer, info: &Answer, server_at: Option<i64>, is_known: bool| {
            sought(&submission(""), server_at.map(Moment), &[list, info.clone()], &|_| is_known)
        };
        let created = 1_795_374_587_990;
        for server_at in [None, Some(created), Some(created + 60_000)] {
            let found = look(answer(200, &list), &open, server_at, false);
            assert!(matches!(found, Sought::Found(comment) if comment.id == "1"));
        }
        let others = answer(200, &list.replace("Ann", "Eve"));
        assert_eq!(look(others.clone(), &open, None, false), Sought::Nowhere);
        assert_eq!(look(answer(200, &list), &open, Some(created + 3_600_000), false), Sought::Nowhere, "said before");
        assert_eq!(look(answer(200, &list), &open, None, true), Sought::Nowhere, "delivered before");
        for info in [answer(200, "{\"moderation\": true}"), answer(404, "")] {
            assert_eq!(look(others.clone(), &info, None, false), Sought::Hidden);
        }
        assert_eq!(look(others, &Answer::Silent, None, false), Sought::Unanswered(Refusal::Unsure));
        assert_eq!(look(answer(502, ""), &open, None, false), Sought::Unanswered(Refusal::Unsure));
        assert_eq!(look(answer(200, "<html>"), &open, None, false), Sought::Unanswered(Refusal::Unreachable));
    }
}
