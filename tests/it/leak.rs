//! What is not public is nowhere, and what is public is there: after every step of random series of what
//! a newsroom does, over every delivery operation that the document names, for everybody who reads.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::harness::{Answer, Call, Desk, desks, document};

const STORIES: usize = 3;
const STEPS: usize = 16;

/// A story as it should be: what the world may see of it, told by the rules alone.
#[derive(Clone, Debug, Default)]
struct Model {
    id: String,
    state: String,
    before: String,
    /// The words that each revision has and nothing else: its mark.
    marks: Vec<String>,
    /// The words of each entry of its live coverage.
    told: Vec<String>,
    slugs: Vec<String>,
    slug: String,
    live: Option<(usize, String)>,
    was_public: bool,
    embargo: Option<i64>,
    expires: Option<i64>,
    scheduled: Option<(usize, i64)>,
    /// The embargo, end and slug of each revision.
    terms: Vec<(Option<i64>, Option<i64>, String)>,
    live_expires: Option<i64>,
    gone: Option<&'static str>,
    last: Option<(usize, String)>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Edit,
    Rename,
    Embargo,
    Expire,
    Publish,
    PublishOld,
    Schedule,
    Unschedule,
    Unpublish,
    Retract,
    Trash,
    Restore,
    Correct,
    Tell,
    Pass,
}

const ALL: [Step; 15] = [
    Step::Edit,
    Step::Rename,
    Step::Embargo,
    Step::Expire,
    Step::Publish,
    Step::PublishOld,
    Step::Schedule,
    Step::Unschedule,
    Step::Unpublish,
    Step::Retract,
    Step::Trash,
    Step::Restore,
    Step::Correct,
    Step::Tell,
    Step::Pass,
];

struct Play<'d> {
    desk: &'d Desk,
    editor: Call<'d>,
    stories: Vec<Model>,
    dice: StdRng,
    now: i64,
}

fn instant(second: i64) -> String {
    wiredesk::db::types::Stamp::parse("2026-05-01T09:30:00Z").unwrap().plus_seconds(second).to_string()
}

impl Play<'_> {
    fn path(&self, story: usize, action: &str) -> String {
        let id = &self.stories[story].id;
        if action.is_empty() {
            format!("/v1/admin/articles/{id}")
        } else {
            format!("/v1/admin/articles/{id}/{action}")
        }
    }

    async fn create(&mut self) {
        let number = self.stories.len();
        let (tag, author) = (format!("zq7tag{number}"), format!("zq7author{number}"));
        self.editor.post("/v1/admin/tags", json!({"slug": tag, "name": tag})).await.expect(201);
        self.editor.post("/v1/admin/authors", json!({"slug": author, "name": author})).await.expect(201);
        let slug = format!("zq7slug{number}");
        let fields = json!({"slug": slug, "tags": [tag, "lighthouses"], "authors": [author],
            "headline": mark(number, 1), "standfirst": mark(number, 1), "notes": "zq7notes",
            "body": {"html": format!("<p>{}</p>", mark(number, 1))}});
        let made = self.editor.writes(fields).await;
        self.stories.push(Model {
            id: made["id"].as_str().unwrap().to_owned(),
            state: "draft".into(),
            marks: vec![mark(number, 1)],
            slugs: vec![slug.clone()],
            slug: slug.clone(),
            terms: vec![(None, None, slug)],
            ..Model::default()
        });
    }

    async fn save(&self, story: usize, fields: Value) -> Answer {
        self.editor.clone().header("if-match", "*").patch(&self.path(story, ""), fields).await
    }

    /// A new revision with a mark of its own.
    async fn edit(&mut self, story: usize, mut fields: Value, change: impl FnOnce(&mut Model)) {
        let next = mark(story, self.stories[story].marks.len() + 1);
        fields["headline"] = json!(next);
        fields["standfirst"] = json!(next);
        fields["body"] = json!({"html": format!("<p>{next}</p>")});
        let saved = self.save(story, fields).await;
        if saved.status == 200 {
            let model = &mut self.stories[story];
            change(model);
            model.marks.push(next);
            model.terms.push((model.embargo, model.expires, model.slug.clone()));
        } else {
            assert_eq!(
                (saved.status, self.stories[story].state.as_str()),
                (409, "trash"),
                "{}",
                saved.text()
            );
        }
    }

    async fn act(&self, story: usize, action: &str, body: Value) -> bool {
        let done = self.editor.post(&self.path(story, action), body).await;
        assert!(matches!(done.status, 200 | 409 | 422), "{action}: {}", done.text());
        done.status == 200
    }

    async fn step(&mut self, step: Step, story: usize) {
        let now = self.now;
        match step {
            Step::Edit => self.edit(story, json!({}), |_| {}).await,
            Step::Rename => {
                let slug = format!("{}x", self.stories[story].slugs.last().unwrap());
                let fields = json!({ "slug": slug });
                self.edit(story, fields, |model| {
                    model.slug.clone_from(&slug);
                    model.slugs.push(slug);
                })
                .await;
            }
            Step::Embargo => {
                let until = self.dice.random_bool(0.7).then(|| now + self.dice.random_range(1..120));
                let fields = json!({"embargo_until": until.map(instant), "expires_at": null});
                self.edit(story, fields, |model| (model.embargo, model.expires) = (until, None)).await;
            }
            Step::Expire => {
                let at = self.dice.random_bool(0.7).then(|| now + self.dice.random_range(1..200));
                let fields = json!({"expires_at": at.map(instant), "embargo_until": null});
                self.edit(story, fields, |model| (model.embargo, model.expires) = (None, at)).await;
            }
            Step::Publish => {
                let revision = self.stories[story].marks.len() - 1;
                if self.act(story, "publish", json!({})).await {
                    self.stories[story].publish(revision, now);
                }
            }
            Step::PublishOld => {
                let revision = self.dice.random_range(0..self.stories[story].marks.len());
                if self.act(story, "publish", json!({"revision": revision + 1})).await {
                    self.stories[story].publish(revision, now);
                }
            }
            Step::Schedule => {
                let at = now + self.dice.random_range(1..90);
                let revision = self.dice.random_range(0..self.stories[story].marks.len());
                let body = json!({"at": instant(at), "revision": revision + 1});
                if self.act(story, "schedule", body).await {
                    self.stories[story].pin(revision, at);
                }
            }
            Step::Unschedule => {
                if self.act(story, "unschedule", json!({})).await {
                    self.stories[story].call_off();
                }
            }
            Step::Unpublish => {
                if self.act(story, "unpublish", json!({})).await {
                    self.stories[story].off("unpublished");
                }
            }
            Step::Retract => {
                let kind = ["withdraw", "legal", "kill"][self.dice.random_range(0..3)];
                if self.act(story, "retract", json!({"kind": kind, "public_reason": "Not so."})).await {
                    self.stories[story].off("retracted");
                    self.stories[story].gone = Some(kind);
                }
            }
            Step::Trash => {
                let gone = self.editor.clone().header("if-match", "*").delete(&self.path(story, "")).await;
                let model = &mut self.stories[story];
                if gone.status == 204 && model.state != "trash" {
                    model.call_off();
                    model.before = std::mem::replace(&mut model.state, "trash".into());
                }
            }
            Step::Restore => {
                if self.act(story, "restore", json!({})).await {
                    let model = &mut self.stories[story];
                    model.state =
                        if model.state == "trash" { model.before.clone() } else { "unpublished".into() };
                }
            }
            Step::Correct => {
                // It is the words of a revision that are looked for, so a correction has none of its own.
                let body = json!({"kind": "update", "text": "Told again.", "with_edits": true});
                let was_live = self.stories[story].live.is_some();
                if self.act(story, "corrections", body).await {
                    let model = &mut self.stories[story];
                    let (last, terms) = (model.marks.last().cloned(), model.terms.last().cloned());
                    model.marks.extend(last);
                    model.terms.extend(terms);
                    if was_live {
                        let newest = model.marks.len() - 1;
                        model.publish(newest, now);
                    }
                }
            }
            Step::Tell => {
                let words = format!("zq7u{story}n{}e", self.stories[story].told.len());
                let body = json!({"headline": words, "body": {"html": format!("<p>{words}</p>")}});
                let told = self.editor.post(&self.path(story, "updates"), body).await;
                let model = &mut self.stories[story];
                let may = !matches!(model.state.as_str(), "trash" | "retracted");
                assert_eq!(told.status, if may { 201 } else { 409 }, "{}", told.text());
                model.told.extend(may.then_some(words));
            }
            Step::Pass => {
                let seconds = self.dice.random_range(1..60);
                self.desk.pass(seconds);
                self.now += seconds;
                self.desk.keeps_time();
                let now = self.now;
                self.stories.iter_mut().for_each(|model| model.keep_time(now));
            }
        }
    }
}

fn mark(story: usize, revision: usize) -> String {
    format!("zq7m{story}r{revision}e")
}

impl Model {
    fn publish(&mut self, revision: usize, now: i64) {
        let (embargo, expires, slug) = self.terms[revision].clone();
        if embargo.is_some_and(|until| until > now) {
            self.pin(revision, embargo.unwrap());
            return;
        }
        if self.live.is_none() || self.scheduled.is_some_and(|(pinned, _)| pinned <= revision) {
            self.call_off();
        }
        self.state = "live".into();
        self.live = Some((revision, slug.clone()));
        self.last = Some((revision, slug));
        self.live_expires = expires;
        self.was_public = true;
        self.gone = None;
    }

    fn pin(&mut self, revision: usize, at: i64) {
        self.call_off();
        if self.live.is_none() && self.state != "scheduled" {
            self.before = std::mem::replace(&mut self.state, "scheduled".into());
        }
        self.scheduled = Some((revision, at));
    }

    fn call_off(&mut self) {
        if self.scheduled.take().is_some() && self.state == "scheduled" {
            self.state = self.before.clone();
        }
    }

    fn off(&mut self, state: &str) {
        self.call_off();
        self.live = None;
        self.state = state.into();
    }

    /// What is due happens in the order of its instants.
    fn keep_time(&mut self, now: i64) {
        loop {
            let goes_live = self.scheduled.filter(|(_, at)| *at <= now);
            let ends = self.live_expires.filter(|at| *at <= now && self.live.is_some());
            match (goes_live, ends) {
                (Some((_, at)), Some(end)) if end <= at => self.expire(),
                (None, Some(_)) => self.expire(),
                (Some((revision, _)), _) => {
                    self.scheduled = None;
                    // A live story does not go under an embargo.
                    let waits = self.terms[revision].0.is_some_and(|until| until > now);
                    if !(waits && self.live.is_some()) {
                        self.publish(revision, now);
                    }
                }
                (None, None) => return,
            }
        }
    }

    /// Off the site at its end; what is scheduled goes on waiting.
    fn expire(&mut self) {
        self.live = None;
        if self.scheduled.is_some() {
            (self.state, self.before) = ("scheduled".into(), "unpublished".into());
        } else {
            self.state = "unpublished".into();
        }
    }
}

/// The addresses of every delivery operation of the document that reads.
fn addresses(stories: &[Model]) -> Vec<String> {
    let paths = document()["paths"].as_object().unwrap();
    let keys: Vec<&str> = stories
        .iter()
        .flat_map(|story| [story.slugs.first(), story.slugs.last(), Some(&story.id)])
        .flatten()
        .map(String::as_str)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut all = Vec::new();
    for (path, item) in paths {
        let Some(operation) = item.get("get") else { continue };
        let is_ours = !path.starts_with("/v1/admin") && !path.starts_with("/v1/syndication");
        if !is_ours || path == "/v1/whoami" || path.starts_with("/docs") || path == "/openapi.json" {
            continue;
        }
        let names: Vec<String> = match path.split('{').nth(1).and_then(|rest| rest.split('}').next()) {
            None => vec![String::new()],
            Some("article") => keys.iter().map(|key| (*key).to_owned()).collect(),
            Some("author") => (0..stories.len()).map(|number| format!("zq7author{number}")).collect(),
            Some("tag") => (0..stories.len()).map(|number| format!("zq7tag{number}")).collect(),
            Some("section") => vec!["harbour".into(), "city".into()],
            Some("series" | "list" | "key" | "token" | "id") => vec!["evening".into()],
            Some(other) => panic!("say what stands for {other} in {path}"),
        };
        for name in names {
            let mut address = path.clone();
            if let (Some(start), Some(end)) = (address.find('{'), address.find('}')) {
                address.replace_range(start..=end, &name);
            }
            let query = match (path.as_str(), operation["operationId"].as_str()) {
                ("/v1/resolve", _) => {
                    stories.iter().map(|story| format!("?path=/{}", story.slugs[0])).collect()
                }
                ("/v1/articles", _) => vec![
                    "?limit=100".to_owned(),
                    "?limit=100&body=text&include=related,seo,authors,tags,updates&total=true".to_owned(),
                    "?tag=zq7tag0".to_owned(),
                ],
                ("/v1/lists", _) => vec!["?keys=evening".to_owned()],
                ("/v1/articles/{article}/page", _) => vec!["?lists=evening".to_owned()],
                _ => vec![String::new()],
            };
            all.extend(query.into_iter().map(|query| format!("{address}{query}")));
        }
    }
    all
}

/// Every mark of the text, whatever it is that bears it.
fn marks(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with("zq7")).map(str::to_owned).collect()
}

fn allowed(stories: &[Model], address: &str) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for (number, story) in stories.iter().enumerate() {
        let told = match (&story.live, story.gone) {
            (Some(live), _) => Some(live),
            (None, Some("withdraw" | "kill")) if address.starts_with("/v1/corrections") => {
                story.last.as_ref()
            }
            _ => None,
        };
        let Some((revision, slug)) = told else { continue };
        allowed.insert(story.marks[*revision].clone());
        allowed.insert(slug.clone());
        if story.live.is_some() {
            allowed.insert(format!("zq7tag{number}"));
            allowed.insert(format!("zq7author{number}"));
            allowed.extend(story.told.iter().cloned());
        }
    }
    // What was asked for is told again, in the links of the answer.
    allowed.extend(marks(address));
    allowed
}

async fn check(desk: &Desk, caller: &Call<'_>, stories: &[Model], told: &str) {
    for address in addresses(stories) {
        let answer = caller.get(&address).await;
        let status = answer.status;
        assert!(
            matches!(status, 200 | 301 | 403 | 404 | 410),
            "{told}\n{address}: {status} {}",
            answer.text()
        );
        let location = marks(&answer.header("location"));
        let shown: BTreeSet<String> = marks(&answer.text()).union(&location).cloned().collect();
        let leaked: Vec<_> = shown.difference(&allowed(stories, &address)).cloned().collect();
        assert!(leaked.is_empty(), "{told}\n{address} shows {leaked:?}\n{stories:#?}");
    }
    let everything = caller.get("/v1/articles?limit=100&body=text").await.expect(200).data();
    let there: BTreeMap<String, String> = everything
        .as_array()
        .unwrap()
        .iter()
        .map(|story| {
            (story["id"].as_str().unwrap().to_owned(), story["headline"].as_str().unwrap().to_owned())
        })
        .collect();
    let live = |story: &Model| {
        let (revision, _) = story.live.as_ref()?;
        Some((story.id.clone(), story.marks[*revision].clone()))
    };
    let expected: BTreeMap<String, String> = stories.iter().filter_map(live).collect();
    assert_eq!(there, expected, "{told} on {}", desk.engine());
    for story in stories {
        let status = caller.get(&format!("/v1/articles/{}", story.id)).await.status;
        let right = match (&story.live, story.gone) {
            (Some(_), _) => 200,
            (None, Some(_)) => 410,
            (None, None) => 404,
        };
        assert_eq!(status, right, "{told}: {story:#?}");
        let updates = caller.get(&format!("/v1/articles/{}/updates?limit=100", story.id)).await;
        assert_eq!(updates.status, right, "{told}: {story:#?}");
        let shown = marks(&updates.text());
        let missing = story.told.iter().find(|words| right == 200 && !shown.contains(*words));
        assert_eq!(missing, None, "{told}: {story:#?}");
    }
}

#[actix_web::test]
async fn nothing_that_is_not_public_appears_and_nothing_public_is_missing() {
    for seed in [7, 1886] {
        for desk in desks() {
            let editor = desk.newsroom().await;
            let readers = [desk.anyone(), desk.reader().await, desk.partner("The Northern Echo").await];
            let mut play =
                Play { desk: &desk, editor, stories: Vec::new(), dice: StdRng::seed_from_u64(seed), now: 0 };
            for _ in 0..STORIES {
                play.create().await;
            }
            let items: Vec<Value> =
                play.stories.iter().map(|story| json!({"type": "article", "article": story.id})).collect();
            let list = json!({"key": "evening", "title": "This evening", "items": items});
            play.editor.post("/v1/admin/lists", list).await.expect(201);
            let mut told = format!("seed {seed}:");
            for turn in 0..STEPS {
                let step = ALL[play.dice.random_range(0..ALL.len())];
                let story = play.dice.random_range(0..STORIES);
                told.push_str(&format!(" {step:?}({story})"));
                play.step(step, story).await;
                check(&desk, &readers[turn % readers.len()], &play.stories, &told).await;
            }
        }
    }
}
