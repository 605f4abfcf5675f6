//! The discussion of one article: its comments as they stand, what is open, and what was said last.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::words;
use super::writing::Writing;
use crate::article::FieldRule;
use crate::browser::location::{self, Address};
use crate::browser::{calls, clock, focus, nearness, origin, storage, timer};
use crate::comments::caps::{Kept, Sort};
use crate::comments::draft::{SAVED_AUTHOR_KEY, SavedAuthor};
use crate::comments::forest::{Forest, forest};
use crate::comments::outbox::Outgoing;
use crate::comments::provider::{Provider, Refusal, STORAGE_PREFIX};
use crate::comments::sent::{SENT_PREFIX, SentList};
use crate::comments::votes::Votes;
use crate::comments::{Caps, Comment, Moment, State, Thread};
use crate::json::Value;
use crate::page::Page;
use crate::ui::home::Home;
use crate::ui::state::Library;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Milliseconds in which a deletion can be undone.
const UNDO_TIME: i32 = 8000;
/// Comments that are shown when somebody wants more.
pub(super) const STEP: usize = 60;
/// How many of them are shown at once: what else there is to do comes in between.
pub(super) const CHUNK: usize = 15;
/// Where the chosen order of threads is stored.
pub(super) const SORT_KEY: &str = "recto:comment-order";

/// The form's place: there is one form at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// After the comments.
    #[default]
    End,
    /// Under the comment of that name, answering it.
    Reply(String),
    /// In the comment of that name, changing it.
    Edit(String),
}

/// What is shown of a comment. Replies under it have places of their own: this changes only with the comment itself,
/// so that a form inside it stays while others write.
#[derive(Clone, PartialEq)]
pub struct Shown {
    /// The comment.
    pub comment: Arc<Comment>,
    /// Name, and author's name, of the one it answers, where it is not shown under that.
    pub answers: Option<(String, String)>,
    /// What it answers is not here.
    pub is_orphan: bool,
    /// It is about to be deleted.
    pub is_deleting: bool,
    /// It has not arrived yet.
    pub outgoing: Option<Arc<Outgoing>>,
}

/// What does not change while the article is shown.
pub struct Setting {
    /// Where comments are kept.
    pub provider: Provider,
    /// Under what.
    pub thread: Thread,
    /// What is allowed.
    pub caps: Caps,
    /// The article's language.
    pub language: String,
    /// What writers have to agree to, in Markdown.
    pub consent: String,
    enclosed: Vec<Arc<Comment>>,
}

impl Setting {
    /// The setting of a comment on its way, which may belong to another article.
    pub(super) fn of(&self, entry: &Outgoing) -> Self {
        let provider = entry.to().unwrap_or_else(|| self.provider.clone());
        let is_same = entry.thread.key == self.thread.key;
        let caps = if is_same { self.caps.clone() } else { provider.caps() };
        let (thread, language) = (entry.thread.clone(), self.language.clone());
        Self { provider, thread, caps, language, consent: String::new(), enclosed: Vec::new() }
    }
}

/// How far the list of comments is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// It was not asked for yet: nobody is near.
    Waiting,
    /// It is on its way.
    Loading,
    /// It is there.
    Done,
    /// It did not come.
    Failed(Refusal),
}

/// The discussion of one article.
#[derive(Clone, Copy)]
pub struct Discussion {
    pub(super) setting: StoredValue<Arc<Setting>>,
    pub(super) listed: RwSignal<Vec<Arc<Comment>>>,
    pub(super) listing: RwSignal<Listing>,
    /// What the next page is asked for by.
    pub(super) next: RwSignal<Option<String>>,
    /// How many comments the server has, where it says so.
    pub(super) total: RwSignal<Option<u32>>,
    /// Whether the server asks for a name and an address, where it says so.
    pub(super) asks: RwSignal<Option<[FieldRule; 2]>>,
    /// What was sent from this browser.
    pub(super) sent: RwSignal<SentList>,
    /// What has not arrived on the server yet.
    pub(super) outgoing: RwSignal<Vec<Arc<Outgoing>>>,
    /// Identifiers of comments that were written while this has been shown.
    pub(super) written_here: StoredValue<Vec<String>>,
    /// Milliseconds by which the server's clock is ahead of this device's, where that is known.
    pub(super) lead: StoredValue<Option<i64>>,
    /// How often somebody began to wait for the next one to be due: the last one is right.
    pub(super) wakes: StoredValue<u32>,
    /// What is being written at present.
    pub(super) form: StoredValue<Option<Writing>>,
    /// Votes by identifiers of comments, where they are counted.
    pub(super) votes: RwSignal<BTreeMap<String, Votes>>,
    /// How many comments are shown at most, how many of them by now, and identifiers of those that are shown in any case.
    pub(super) most: RwSignal<usize>,
    pub(super) grown: RwSignal<usize>,
    pub(super) stays: RwSignal<Vec<String>>,
    /// The order of threads.
    pub(super) sort: RwSignal<Sort>,
    /// Comments that came since the list was read, and are not shown yet.
    pub(super) news: RwSignal<Vec<Comment>>,
    /// Until when all comments are known, by the server's clock; nothing where that is not known.
    pub(super) newest: StoredValue<Option<Moment>>,
    /// When news were asked for last.
    pub(super) asked_for_news: StoredValue<Moment>,
    pub(super) forest: Memo<Arc<Forest>>,
    place: RwSignal<Place>,
    author: RwSignal<SavedAuthor>,
    pub(super) remember: RwSignal<bool>,
    pub(super) deleting: RwSignal<Vec<String>>,
    /// The comment that was changed last, and the text that it had, as long as that can be undone.
    pub(super) changed: RwSignal<Option<(String, String)>>,
    pub(super) target: RwSignal<String>,
    said: RwSignal<String>,
    pub(super) now: RwSignal<Moment>,
    section: NodeRef<leptos::html::Section>,
    home: StoredValue<Home>,
}

impl Discussion {
    /// Provides the discussion of an article to the components below, and reads what was said.
    pub fn provide(page: &Page) -> Self {
        let library = Library::use_context();
        let site = library.settings();
        let is_near = |url: &str| origin::of(url).is_some_and(|origin| origin::of(&site.comments.url) == Some(origin));
        let provider = Provider::choose(&site.comments, &page.discussion, &|url| library.allows(url) || is_near(url));
        let caps = provider.caps().within(&page.discussion);
        let depth = caps.depth;
        let lists_enclosed = matches!(provider, Provider::WordPress(..));
        let enclosed: Vec<_> = page.discussion.items.iter().cloned().map(Arc::new).collect();
        let (thread, language) = (page.discussion.thread.clone(), page.language.clone());
        // Nothing is asked of anybody whose words stay in this browser.
        let consent = if caps.kept == Kept::Here { String::new() } else { site.comments.consent.clone() };
        let setting = Setting { provider, thread, caps, language, consent, enclosed };
        let setting = StoredValue::new(Arc::new(setting));
        let listed = RwSignal::new(Vec::<Arc<Comment>>::new());
        let outgoing = RwSignal::new(Vec::<Arc<Outgoing>>::new());
        let votes = RwSignal::new(BTreeMap::<String, Votes>::new());
        let chosen = storage::get(SORT_KEY).and_then(|word| Sort::from_word(&word));
        let sort = setting.with_value(|setting| chosen.filter(|sort| setting.caps.sorts.contains(sort)));
        let sort = RwSignal::new(sort.unwrap_or_default());
        let (most, stays) = (RwSignal::new(STEP), RwSignal::<Vec<String>>::default());
        let (grown, sent) = (RwSignal::new(CHUNK), RwSignal::<SentList>::default());
        // Comparing forests would be more work, and 9 KB more code, than showing one again.
        let threads = Memo::new_with_compare(
            move |_| {
                let mut all = setting.with_value(|setting| setting.enclosed.clone());
                listed.with(|listed| {
                    // What came with a post is in its site's list as well.
                    all.retain(|one| !lists_enclosed || !listed.iter().any(|other| other.id == one.id));
                    all.extend_from_slice(listed);
                });
                outgoing.with(|entries| sent.with_untracked(|sent| add_outgoing(&mut all, entries, sent)));
                // A vote moves nothing from under the reader's eyes.
                let likes = |comment: &Comment| {
                    votes.with_untracked(|votes| votes.get(&comment.id).map_or(0, |votes| votes.up.into()))
                };
                Arc::new(forest(&all, depth).sorted(sort.get(), &likes))
            },
            |_, _| true,
        );
        let forest =
            Memo::new_with_compare(
                move |_| {
                    let most = grown.get().min(most.get());
                    Arc::new(stays.with(|stays| {
                        threads.get().first(most, &|comment| comment.mine || stays.contains(&comment.id))
                    }))
                },
                |_, _| true,
            );
        let saved = storage::get(SAVED_AUTHOR_KEY);
        let discussion = Self {
            setting,
            listed,
            listing: RwSignal::new(Listing::Waiting),
            next: RwSignal::default(),
            total: RwSignal::default(),
            asks: RwSignal::default(),
            sent,
            outgoing,
            written_here: StoredValue::default(),
            lead: StoredValue::default(),
            wakes: StoredValue::default(),
            form: StoredValue::new(None),
            votes,
            most,
            grown,
            stays,
            sort,
            news: RwSignal::default(),
            newest: StoredValue::default(),
            asked_for_news: StoredValue::default(),
            forest,
            place: RwSignal::default(),
            remember: RwSignal::new(saved.is_some()),
            author: RwSignal::new(saved.map(|text| SavedAuthor::from_text(&text)).unwrap_or_default()),
            deleting: RwSignal::default(),
            changed: RwSignal::default(),
            target: RwSignal::default(),
            said: RwSignal::default(),
            now: RwSignal::new(clock::now()),
            section: NodeRef::new(),
            home: StoredValue::new(Home::use_context()),
        };
        provide_context(discussion);
        discussion.stay_current();
        discussion
    }

    /// The discussion that [`Discussion::provide`] provided.
    pub fn use_context() -> Self {
        expect_context()
    }

    /// What does not change.
    pub fn setting(self) -> Arc<Setting> {
        self.setting.get_value()
    }

    /// The comments in their places.
    pub fn forest(self) -> Arc<Forest> {
        self.forest.get()
    }

    /// What is shown of the comment of that name.
    pub fn shown(self, anchor: &str) -> Option<Shown> {
        let forest = self.forest.get();
        let node = forest.find(anchor)?;
        let answers = node.answers.map(|index| forest.node(index));
        Some(Shown {
            comment: Arc::clone(&node.comment),
            answers: answers.map(|node| (node.anchor.clone(), name_of(&node.comment).to_owned())),
            is_orphan: node.is_orphan,
            is_deleting: self.deleting.with(|deleting| deleting.contains(&node.comment.id)),
            outgoing: self.outgoing.with(|all| all.iter().find(|entry| entry.id == node.comment.id).cloned()),
        })
    }

    /// What is allowed, as far as the server has said.
    pub fn caps(self) -> Caps {
        let mut caps = self.setting.with_value(|setting| setting.caps.clone());
        if let Some([name, email]) = self.asks.get() {
            let firmer = |rule: &mut FieldRule, asked| {
                if *rule != FieldRule::Hidden || asked == FieldRule::Required {
                    *rule = asked;
                }
            };
            firmer(&mut caps.name, name);
            firmer(&mut caps.email, email);
        }
        caps
    }

    /// How far the list is.
    pub fn listing(self) -> Listing {
        self.listing.get()
    }

    /// Whether there are more comments than are shown.
    pub fn has_more(self) -> bool {
        let is_cut = || self.forest.with(|forest| forest.is_cut() && forest.size() > self.most.get());
        self.next.with(Option::is_some) || is_cut()
    }

    /// How many comments there are, and whether there may be more than that.
    pub fn count(self) -> (usize, bool) {
        let forest = self.forest();
        let is_shown = |entry: &&Arc<Outgoing>| forest.anchor_of(&entry.id).is_some();
        let shown = forest.count() - self.outgoing.with(|all| all.iter().filter(is_shown).count());
        let total = self.total.get().map_or(0, |total| total as usize);
        (shown.max(total), self.next.with(Option::is_some) && total == 0)
    }

    /// The text of a comment as it was written, where that is known.
    pub fn source_of(self, comment: &Comment) -> Option<String> {
        let sent = self.sent.with_untracked(|sent| sent.find(comment).map(|sent| sent.markdown.clone()));
        sent.or_else(|| comment.body.markdown().map(str::to_owned))
    }

    /// Whether there is nothing to show.
    pub fn is_empty(self) -> bool {
        self.forest().count() == 0
    }

    /// Whether a comment can be changed from here, at present.
    pub fn may_change(self, comment: &Comment) -> bool {
        let is_here = self.setting.with_value(|setting| setting.caps.kept == Kept::Here);
        // Until when is known by this device's clock.
        self.now.track();
        let now = clock::now();
        comment.mine && (is_here || self.sent.with(|sent| sent.find(comment).is_some_and(|sent| now < sent.until)))
    }

    /// Whether there are comments of this browser's.
    pub fn has_own(self) -> bool {
        self.listed.with(|listed| !listed.is_empty())
    }

    /// Where the form is.
    pub fn place(self) -> Place {
        self.place.get()
    }

    /// Whether the form is at `place`.
    pub fn is_at(self, place: &Place) -> bool {
        self.place.with(|current| current == place)
    }

    /// Moves the form.
    pub fn move_form(self, place: Place) {
        self.place.set(place);
    }

    /// The author's fields, the same in every form.
    pub fn author(self) -> RwSignal<SavedAuthor> {
        self.author
    }

    /// Whether the author's fields are kept for the next time.
    pub fn remembers(self) -> bool {
        self.remember.get()
    }

    /// Keeps the author's fields from now on, or forgets them at once.
    pub fn set_remember(self, remember: bool) {
        self.remember.set(remember);
        if !remember {
            storage::remove(SAVED_AUTHOR_KEY);
        }
    }

    /// Forgets the author's fields.
    pub(super) fn forget_author(self) {
        self.remember.try_set(false);
        self.author.try_set(SavedAuthor::default());
        if let Some(form) = self.form.try_get_value().flatten() {
            form.forget_author();
        }
    }

    /// Whether the comment of that name is the one that was gone to last.
    pub fn is_target(self, anchor: &str) -> bool {
        self.target.with(|target| target == anchor)
    }

    /// What assistive technology is told.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// The present moment, to a minute.
    pub fn now(self) -> Moment {
        self.now.get()
    }

    /// The element around everything.
    pub fn section(self) -> NodeRef<leptos::html::Section> {
        self.section
    }

    /// How much of the page's address is ours.
    pub fn address(self) -> Address {
        self.home.with_value(Home::address)
    }

    /// Tells the page around the element; false where it does not want what was about to happen.
    pub fn tell(self, name: &str, detail: Value<'_>) -> bool {
        self.home.try_with_value(|home| home.tell(name, detail)).unwrap_or(true)
    }

    /// Tells assistive technology, even if it was told the same before.
    pub fn say(self, words: impl Into<String>) {
        let words = words.into();
        self.said.set(String::new());
        spawn_local(async move {
            timer::sleep(100).await;
            self.said.try_set(words);
        });
    }

    /// Deletes a comment, unless that is undone within a few seconds.
    pub fn delete_soon(self, id: String) {
        self.deleting.update(|deleting| deleting.push(id.clone()));
        self.say(words::DELETED);
        spawn_local(async move {
            timer::sleep(UNDO_TIME).await;
            if self.deleting.try_with_untracked(|deleting| deleting.contains(&id)).unwrap_or(false) {
                let loses_focus = self.element(".r-undo:focus").is_some();
                self.delete(&id).await;
                if loses_focus && let Some(title) = self.element(".r-comments-title") {
                    focus::take(&title);
                }
            }
        });
    }

    /// Lets a change be undone within a few seconds.
    pub(super) fn offer_undo(self, changed: Option<(String, String)>) {
        self.changed.try_set(changed.clone());
        spawn_local(async move {
            timer::sleep(UNDO_TIME).await;
            if self.changed.try_with_untracked(|current| *current == changed) == Some(true) {
                self.changed.try_set(None);
            }
        });
    }

    /// Keeps a comment that was about to be deleted.
    pub fn undo(self, id: &str) {
        self.deleting.update(|deleting| deleting.retain(|other| other != id));
        self.restore_outgoing(id);
        self.say(words::RESTORED);
        let anchor = self.forest.with_untracked(|forest| forest.anchor_of(id).map(str::to_owned));
        spawn_local(async move {
            timer::sleep(0).await;
            self.bring(&anchor.unwrap_or_default());
        });
    }

    /// Reads the comments, and again whenever another tab changes them; keeps the time.
    fn stay_current(self) {
        let is_here = self.setting.with_value(|setting| setting.caps.kept == Kept::Here);
        let read = move || {
            spawn_local(async move {
                self.refresh().await;
                if let Some(anchor) =
                    self.address().fragment().strip_prefix('#').filter(|it| it.starts_with("comment-"))
                {
                    self.reach(anchor).await;
                }
                self.follow_fragment();
            });
        };
        spawn_local(self.grow());
        // A server is asked when somebody comes near, or was sent to a comment.
        if is_here || self.address().fragment().starts_with("#comment-") {
            read();
        } else {
            self.section.on_load(move |section| nearness::when_near(&section, read));
        }
        spawn_local(async move {
            loop {
                timer::sleep(60_000).await;
                let lead = self.lead.try_get_value().flatten().unwrap_or_default();
                if self.now.try_set(Moment(clock::now().0 + lead)).is_some() {
                    break;
                }
            }
        });
        let prefix = if is_here { STORAGE_PREFIX } else { SENT_PREFIX };
        storage::on_change(move |key| {
            if key.is_none_or(|key| key.starts_with(prefix)) && self.listing.get_untracked() == Listing::Done {
                spawn_local(self.refresh());
            }
        });
        if !is_here {
            self.watch_outbox();
            self.watch_news();
        }
        self.address().on_move(move || self.follow_fragment());
        let delete_now = move || {
            // Nothing of this may be needed once the article is left: it runs after that.
            let Some(setting) = self.setting.try_get_value() else { return };
            let is_outgoing = |id: &String| self.outgoing.try_with_untracked(|all| all.iter().any(|one| one.id == *id));
            let deleted = self.deleting.try_get_untracked().unwrap_or_default();
            for id in deleted.into_iter().filter(|id| is_outgoing(id) == Some(false)) {
                let token = self.token_of(&id);
                if let Some(call) = setting.provider.delete(&setting.thread, &id, clock::now(), &token) {
                    spawn_local(async move { drop(calls::execute(&call).await) });
                }
            }
        };
        location::on_leave(delete_now);
        on_cleanup(delete_now);
    }

    /// Goes to the comment that the address names, once it is on the page.
    fn follow_fragment(self) {
        let fragment = self.address().fragment();
        let Some(anchor) = fragment.strip_prefix('#').map(str::to_owned) else { return };
        if anchor.starts_with("comment-") {
            spawn_local(async move {
                timer::sleep(0).await;
                self.go_to(&anchor);
            });
        }
    }
}

/// Adds comments that have not arrived yet; those that have, although that is not known for sure yet, are this reader's.
fn add_outgoing(all: &mut Vec<Arc<Comment>>, entries: &[Arc<Outgoing>], sent: &SentList) {
    // They stand last and in their order, whatever the clocks say.
    let mut last = all.iter().map(|comment| comment.created).max().unwrap_or_default();
    for entry in entries {
        let is_this = |comment: &Arc<Comment>| {
            sent.find(comment).map_or_else(|| entry.may_be(comment), |sent| sent.submission == entry.id)
        };
        if let Some(arrived) = all.iter_mut().rfind(|comment| is_this(comment)) {
            *arrived = Arc::new(Comment { mine: true, ..(**arrived).clone() });
        } else {
            let comment = entry.to_comment();
            let created = comment.created.max(last);
            last = Moment(created.0 + 1);
            all.push(Arc::new(Comment { created, ..comment }));
        }
    }
}

/// The name that a comment is shown under.
pub fn name_of(comment: &Comment) -> &str {
    if comment.state == State::Deleted {
        words::DELETED
    } else if comment.author.name.is_empty() {
        words::ANONYMOUS
    } else {
        &comment.author.name
    }
}
