//! The first reading of an update line.

use super::check::Checker;
use super::laid::member_of;
use super::line::Line;
use super::update::UpdateLine;
use crate::articles::updates::Update;
use crate::error::{Error, Fault, Result};
use crate::newsroom::updates::{self, UpdateDraft};
use crate::transfer::Kind;
use crate::transfer::things::Named;

impl Checker<'_, '_> {
    /// Checks an update line.
    pub fn update(&mut self, mut line: Line) -> Result<()> {
        let (mut update, mut faults) = UpdateLine::read(&mut line);
        let found = update.find(self.conn)?;
        if !faults.iter().any(|fault| member_of(fault) == "article") {
            faults.extend(self.home(&line, &update, found.as_ref())?);
        }
        // One that was taken out says nothing that the line could be laid over.
        let present = found.filter(|update| !update.removed);
        if let Some((body, warnings)) = update.body() {
            warnings.iter().for_each(|warning| self.warn(line.number, warning));
            self.mentioned(&line, body)?;
        }
        let draft = match update.draft(present.as_ref()) {
            Ok(draft) => Some(draft),
            Err(Error::InvalidBody(more)) => {
                update.without(&more);
                faults.extend(more);
                update.draft(present.as_ref()).ok()
            }
            Err(other) => return Err(other),
        };
        if let Some(draft) = draft {
            // Whether it says anything is not known where its words are faulty.
            let are_words_faulty = faults.iter().any(|fault| matches!(member_of(fault), "headline" | "body"));
            let unfit = updates::unfit(&draft, present.as_ref(), self.now).0.into_iter();
            faults.extend(unfit.filter(|fault| !are_words_faulty || member_of(fault) != "body"));
            self.credited(&line, &update, &draft)?;
        }
        self.tell(&line, faults);
        Ok(())
    }

    /// Asks for the story of an entry.
    fn home(&mut self, line: &Line, update: &UpdateLine, present: Option<&Update>) -> Result<Vec<Fault>> {
        match (update.article(), present) {
            (Some(article), present) => {
                let named = Named::at("/article", Kind::Article, article);
                self.names.want(self.conn, line.number, named, false)?;
                if let Some(present) = present {
                    self.later.covered(line.number, article.as_str(), present.article);
                }
                Ok(Vec::new())
            }
            (None, Some(_)) => Ok(Vec::new()),
            (None, None) => Ok(vec![Fault::at("/article", "missing_field", "a new update needs its story")]),
        }
    }

    /// Asks for who is credited, where the line says so.
    fn credited(&mut self, line: &Line, update: &UpdateLine, draft: &UpdateDraft) -> Result<()> {
        let authors = draft.authors.iter().filter(|_| update.gives("authors")).enumerate();
        for (place, (author, _)) in authors {
            let named = Named::at(format!("/authors/{place}"), Kind::Author, author);
            self.names.want(self.conn, line.number, named, false)?;
        }
        Ok(())
    }
}
