//! One comment with its replies.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::composer::Composer;
use super::outgoing::{Decide, Standing, Why};
use super::state::{Discussion, Place, Shown, name_of};
use super::votes::Voting;
use super::{parts, words};
use crate::browser::{focus, intl, modules};
use crate::comments::avatar::avatar;
use crate::comments::caps::Post;
use crate::comments::outbox::Outgoing;
use crate::comments::{Body, Comment, State};
use crate::html::{ID_PREFIX, SafeHtml};
use crate::ui::article_body::SafeContent;

/// The comments under one, or the top level; nothing where there are none.
#[component]
pub fn Replies(
    /// Name of the comment that they are shown under.
    #[prop(optional)]
    under: Option<String>,
) -> AnyView {
    let discussion = Discussion::use_context();
    let anchors = Memo::new(move |_| discussion.forest().anchors_under(under.as_deref()));
    let list = move || {
        view! {
            <ol class="r-comment-list">
                <For each=move || anchors.get() key=String::clone let:anchor>
                    <CommentItem anchor=anchor/>
                </For>
            </ol>
        }
    };
    let has_any = Memo::new(move |_| anchors.with(|anchors| !anchors.is_empty()));
    (move || has_any.get().then(list)).into_any()
}

/// A comment, the form when it answers it, and its replies.
#[component]
fn CommentItem(anchor: String) -> impl IntoView {
    let discussion = Discussion::use_context();
    let anchor = StoredValue::new(anchor);
    let name = move || anchor.get_value();
    let shown = Memo::new(move |_| discussion.shown(&name()));
    let id = [ID_PREFIX, &name()].concat();
    let label = [&id, "-by"].concat();
    let label_id = label.clone();
    let edit = Place::Edit(name());
    let is_edited = Memo::new(move |_| discussion.is_at(&edit));
    let reply = Place::Reply(name());
    let is_answered = Memo::new(move |_| discussion.is_at(&reply));
    let content = move || {
        let Shown { comment, answers, is_orphan, is_deleting, outgoing } = shown.get()?;
        let label_id = label_id.clone();
        let view = if comment.state == State::Deleted {
            view! { <p class="r-comment-gone" id=label_id>{words::DELETED}</p> }.into_any()
        } else if is_deleting {
            view! { <Deleting comment=comment id=label_id/> }.into_any()
        } else {
            // Before the list has come, nothing is known of the comment that it answers.
            let note = (is_orphan && outgoing.is_none())
                .then(|| parts::line("r-comment-note", "", || Some(words::ORPHAN.to_owned())));
            view! {
                <Head comment=Arc::clone(&comment) outgoing=outgoing.clone() anchor=name() id=label_id/>
                {answers.map(|(anchor, name)| view! {
                    <p class="r-comment-note">{words::IN_REPLY_TO}<Permalink anchor=anchor>{name}</Permalink></p>
                })}
                {note}
                {move || if is_edited.get() {
                    view! { <Composer place=Place::Edit(name()) parent=Some(Arc::clone(&comment))/> }.into_any()
                } else if let Some(entry) = outgoing.clone() {
                    view! {
                        <Why entry=Arc::clone(&entry)/>
                        <SafeContent html=html_of(&comment) class="r-comment-body"/>
                        <Decide entry=entry/>
                    }.into_any()
                } else {
                    view! {
                        {notice(&comment)}
                        <SafeContent html=html_of(&comment) class="r-comment-body"/>
                        <Actions comment=Arc::clone(&comment) anchor=name()/>
                    }.into_any()
                }}
            }
            .into_any()
        };
        Some(view)
    };
    let form = move || {
        let comment = is_answered.get().then(|| shown.get_untracked())??.comment;
        Some(view! { <Composer place=Place::Reply(name()) parent=Some(comment)/> })
    };
    view! {
        <li class="r-comment">
            <article class="r-comment-card" id=id tabindex="-1" aria-labelledby=label
                data-target=move || discussion.is_target(&name()).then_some("")>{content}</article>
            {form}
            <Replies under=name()/>
        </li>
    }
}

fn html_of(comment: &Comment) -> SafeHtml {
    match &comment.body {
        Body::Markdown(source) => modules::comment_html(source),
        Body::Html(html) => html.clone(),
        Body::Foreign(_) => SafeHtml::default(),
    }
}

/// Why nobody else sees an own comment.
fn notice(comment: &Comment) -> Option<AnyView> {
    let words = match comment.state {
        State::Held if comment.mine => words::HELD_MEANS,
        State::Refused => words::REFUSED_MEANS,
        _ => return None,
    };
    Some(parts::line("r-comment-note", "", move || Some(words.to_owned())))
}

/// Who and when.
#[component]
fn Head(
    comment: Arc<Comment>,
    #[prop(optional_no_strip)] outgoing: Option<Arc<Outgoing>>,
    anchor: String,
    id: String,
) -> impl IntoView {
    let discussion = Discussion::use_context();
    let face = avatar(&comment.author.name);
    let name = name_of(&comment).to_owned();
    let url = comment.author.url.clone();
    let badge = |word: &'static str| view! { <span class="r-badge">{word}</span> };
    let created = comment.created;
    let moment = created.to_string();
    let date = intl::format_moment(created.0 as f64, &discussion.setting().language);
    let title = date.clone();
    let when = move || words::ago(created.age(discussion.now())).unwrap_or_else(|| date.clone());
    view! {
        <header class="r-comment-head">
            <span class="r-face" aria-hidden="true" data-hue=face.hue.to_string()>{face.initials}</span>
            <span class="r-comment-author" id=id dir="auto">
                {if url.is_empty() {
                    name.into_any()
                } else {
                    view! { <a href=url rel="nofollow ugc noopener">{name}</a> }.into_any()
                }}
            </span>
            {comment.mine.then(|| badge(words::YOU))}
            {(comment.state == State::Held && outgoing.is_none()).then(|| badge(words::HELD))}
            {(comment.state == State::Refused).then(|| badge(words::REFUSED))}
            {outgoing.as_ref().map(|entry| view! { <Standing entry=Arc::clone(entry)/> })}
            {(created.is_known() && outgoing.is_none()).then(|| view! {
                <Permalink anchor=anchor><time datetime=moment title=title>{when}</time></Permalink>
            })}
            {comment.modified.map(|_| view! { <span class="r-comment-edited">{words::EDITED}</span> })}
        </header>
    }
}

/// A link to a comment.
#[component]
fn Permalink(anchor: String, children: Children) -> impl IntoView {
    let discussion = Discussion::use_context();
    let href = ["#", &anchor].concat();
    let go = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            event.stop_propagation();
            discussion.address().push_fragment(&anchor);
            discussion.go_to(&anchor);
        }
    };
    view! { <a class="r-permalink" href=href on:click=go>{children()}</a> }
}

/// What can be done with a comment.
#[component]
fn Actions(comment: Arc<Comment>, anchor: String) -> impl IntoView {
    let discussion = Discussion::use_context();
    let setting = discussion.setting();
    let caps = &setting.caps;
    let name = name_of(&comment).to_owned();
    let (edited, id) = (anchor.clone(), comment.id.clone());
    let is_public = comment.state == State::Published;
    let reply = (caps.post == Post::Open && is_public).then(|| {
        let place = Place::Reply(anchor);
        let at = place.clone();
        let is_open = move || discussion.is_at(&at);
        let toggle = move |_| {
            let is_open = discussion.place() == place;
            discussion.move_form(if is_open { Place::End } else { place.clone() });
        };
        view! {
            <button type="button" class="r-act r-reply" aria-label=words::reply_to(&name) on:click=toggle
                aria-expanded=move || if is_open() { "true" } else { "false" }>{words::REPLY}</button>
        }
    });
    let (may_edit, may_delete) = (caps.edit, caps.delete);
    let changed = Arc::clone(&comment);
    // Both vanish quietly when the time is over.
    let may_change = Memo::new(move |_| (may_edit || may_delete) && discussion.may_change(&changed));
    let change = move || {
        may_change.get().then(|| {
            let (edited, id) = (edited.clone(), id.clone());
            let edit = move || discussion.move_form(Place::Edit(edited.clone()));
            let delete = move || discussion.delete_soon(id.clone());
            (
                may_edit.then(|| parts::act("r-act r-edit", words::EDIT, edit)),
                may_delete.then(|| parts::act("r-act r-delete", words::DELETE, delete)),
            )
        })
    };
    let undone = comment.id.clone();
    let was_changed =
        Memo::new(move |_| discussion.changed.with(|changed| changed.as_ref().is_some_and(|(id, _)| *id == undone)));
    let undo = move || {
        was_changed
            .get()
            .then(|| parts::act("r-act r-undo", words::UNDO_CHANGE, move || spawn_local(discussion.undo_change())))
    };
    let copy = Arc::clone(&comment);
    let forget = (comment.state == State::Refused)
        .then(|| parts::act("r-act r-delete", words::REMOVE_COPY, move || discussion.forget_copy(&copy)));
    let votes = is_public.then(|| view! { <Voting comment=Arc::clone(&comment)/> });
    view! { <p class="r-comment-actions">{reply}{votes}{change}{undo}{forget}</p> }
}

/// In place of a comment that is about to be deleted.
#[component]
fn Deleting(comment: Arc<Comment>, id: String) -> impl IntoView {
    let discussion = Discussion::use_context();
    // The button that was pressed is gone.
    let line = NodeRef::<leptos::html::P>::new();
    line.on_load(|line| {
        if let Ok(Some(button)) = line.query_selector("button") {
            focus::take(&button);
        }
    });
    view! {
        <p class="r-comment-gone" node_ref=line>
            <span id=id>{words::DELETED}</span>" "
            {parts::act("r-act r-undo", words::UNDO, move || discussion.undo(&comment.id))}
        </p>
    }
}
