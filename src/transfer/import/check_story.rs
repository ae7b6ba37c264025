//! The first reading of an article line.

use super::check::Checker;
use super::late::Canonical;
use super::line::Line;
use super::story::{StoryLine, Words};
use crate::body::Document;
use crate::error::{Error, Fault, Result};
use crate::fields::Ref;
use crate::newsroom::{self, Draft, State, Work};
use crate::transfer::Kind;
use crate::transfer::things::Named;

impl Checker<'_, '_> {
    /// Checks an article line.
    pub fn story(&mut self, mut line: Line) -> Result<()> {
        let (mut story, faults) = StoryLine::read(&mut line);
        self.tell(&line, faults);
        for warning in story.warnings() {
            self.warn(line.number, warning);
        }
        let present = story.find(self.conn)?;
        self.identity(&line, &story, present.as_ref());
        let mut faults = story.beside().unfit(self.now).0;
        for words in story.all_words() {
            let Some(draft) = self.draft(&line, &mut story, present.as_ref(), *words)? else { continue };
            faults.extend(newsroom::unfit(&draft, self.now).0);
            self.named(&line, &story, &draft)?;
            if *words == Words::Shown {
                faults.extend(self.unready(&story, &draft, present.as_ref()));
                self.ask_later(&line, &story, &draft, present.is_none());
            }
        }
        for body in story.bodies() {
            self.mentioned(&line, body)?;
        }
        self.tell(&line, faults);
        Ok(())
    }

    /// The draft that a line makes of a story; where parts of it are faulty, what the others make.
    fn draft(
        &mut self,
        line: &Line,
        story: &mut StoryLine,
        present: Option<&Work>,
        words: Words,
    ) -> Result<Option<Draft>> {
        match story.draft(self.conn, present, words) {
            Ok(draft) => Ok(Some(draft)),
            Err(Error::InvalidBody(faults)) => {
                story.without(&faults);
                self.tell(line, faults);
                Ok(story.draft(self.conn, present, words).ok())
            }
            Err(other) => Err(other),
        }
    }

    /// No two lines are the same story.
    fn identity(&mut self, line: &Line, story: &StoryLine, present: Option<&Work>) {
        if let Some(slug) = story.edited_slug()
            && let Some(name) = line.kind.name(slug)
            && let Some(first) = self.names.declare(line.kind, &name, line.number)
            && first != line.number
        {
            self.fault(
                line.number,
                "edits/slug",
                "taken",
                format!("`{name}` stands in line {first} already"),
            );
        }
        let own = story.beside().id.map(|id| id.0);
        let Some(id) = present.map(|work| work.id).or(own) else { return };
        if let Some(first) = self.names.declare_id(id.as_str(), line.number) {
            let detail = format!("line {first} is the same story");
            self.fault(line.number, "id", "taken", detail);
        }
    }

    /// What the line lacks for the state that it is to reach.
    fn unready(&self, story: &StoryLine, draft: &Draft, present: Option<&Work>) -> Vec<Fault> {
        let beside = story.beside();
        let is_in = |state| present.is_some_and(|work| work.state == state);
        let goes_live = match beside.status {
            Some(status) => matches!(status, State::Live | State::Scheduled),
            None => is_in(State::Live),
        };
        let mut faults = Vec::new();
        if goes_live {
            let headline = draft.headline.as_deref().is_some_and(|headline| !headline.trim().is_empty());
            let body = match &draft.body {
                Some((body, _)) => !body.is_empty(),
                // A faulty one is told of already.
                None => story.has_body() || present.is_some_and(|work| !work.story.body.is_empty()),
            };
            let missing = newsroom::missing(headline, draft.section.is_some(), draft.origin.is_some(), body);
            faults.extend(missing.0);
        }
        let waits_for = beside.scheduled_at.or(draft.embargo_until);
        if beside.status == Some(State::Scheduled) && waits_for.is_none() {
            let detail = "a scheduled story needs `scheduled_at` or `embargo_until`";
            faults.push(Fault::at("/scheduled_at", "missing_field", detail));
        }
        if beside.status == Some(State::Retracted) && beside.retracted.is_none() && !is_in(State::Retracted) {
            let detail = "a retracted story needs `retracted`: when, and of what kind";
            faults.push(Fault::at("/retracted", "missing_field", detail));
        }
        faults
    }

    /// Asks for what the line names.
    fn named(&mut self, line: &Line, story: &StoryLine, draft: &Draft) -> Result<()> {
        let mut named = Vec::new();
        let mut one = |member: &str, kind, name: Option<&Ref>| {
            named.extend(name.map(|name| Named::at(format!("/{member}"), kind, name)));
        };
        one("section", Kind::Section, draft.section.as_ref());
        one("primary_tag", Kind::Tag, draft.primary_tag.as_ref());
        one("series", Kind::Series, draft.series.as_ref().map(|(series, _)| series));
        one("lead_media", Kind::Media, draft.lead_media.as_ref());
        one("origin", Kind::Origin, draft.origin.as_ref());
        let tags = draft.tags.iter().enumerate();
        named.extend(tags.map(|(place, tag)| Named::at(format!("/tags/{place}"), Kind::Tag, tag)));
        let authors = draft.authors.iter().enumerate();
        named.extend(
            authors.map(|(place, (who, _))| Named::at(format!("/authors/{place}"), Kind::Author, who)),
        );
        // What the line does not say is as it is stored.
        named.retain(|named| named.pointer.split('/').nth(1).is_some_and(|member| story.gives(member)));
        for named in named {
            self.names.want(self.conn, line.number, named, false)?;
        }
        Ok(())
    }

    /// Asks for what a body names.
    pub fn mentioned(&mut self, line: &Line, body: &Document) -> Result<()> {
        let mentions = body.mentions();
        for asset in mentions.media {
            let named = Named { pointer: "/body".into(), kind: Kind::Media, name: asset };
            self.names.want(self.conn, line.number, named, false)?;
        }
        for article in mentions.articles {
            // Readers are shown what is live of these; a story may name one that is not there yet.
            let named = Named { pointer: "/body".into(), kind: Kind::Article, name: article };
            self.names.want(self.conn, line.number, named, true)?;
        }
        Ok(())
    }

    fn ask_later(&mut self, line: &Line, story: &StoryLine, draft: &Draft, is_new: bool) {
        if let Some(locale) = draft.locale.as_deref().filter(|_| story.gives("locale")) {
            self.later.locale(line.number, locale);
        }
        if let Some(given) = &draft.canonical_url {
            self.later.canonical(Canonical {
                line: line.number,
                given: given.clone(),
                path: draft.path.clone().unwrap_or_else(|| format!("/{}", line.name)),
                origin: draft.origin.as_ref().map(|origin| origin.as_str().to_owned()),
                source_url: draft.source_url.clone(),
            });
        }
        if is_new {
            let former = story.beside().former_slugs.iter().flatten().enumerate();
            for (place, slug) in former {
                self.later.former_slug(line.number, place, slug.as_str());
            }
        }
    }
}
