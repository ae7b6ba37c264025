//! The first reading: every line held against the bundle and the database; nothing is stored.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::laid::{laid_over, member_of};
use super::late::{Late, Later};
use super::line::Line;
use super::names::{Names, Open};
use super::source::{LONGEST, Source};
use super::tree::Tree;
use super::views::ViewsLine;
use super::ways::{Way, Ways};
use super::{ImportError, Imported, LineFault, LineFaults, Watch};
use crate::addresses::redirects::views::RedirectInput;
use crate::addresses::redirects::{LOOP, Target};
use crate::db::types::Stamp;
use crate::db::{Db, Snapshot};
use crate::error::{Error, Fault, Result};
use crate::fields::Warning;
use crate::publication::views::SettingsInput;
use crate::publication::{self, Settings};
use crate::taxonomy::sections;
use crate::transfer::Kind;
use crate::transfer::things::{
    Appeals, Authors, Lists, Media, Origins, Partners, Redirects, Sections, SeriesThings, Tags, Thing, there,
};

/// Where a line stands that is to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// How many of its kind must be stored before it: the sections above it, the redirects after it.
    pub depth: u32,
    /// Its number.
    pub number: usize,
    /// Where it begins, in bytes.
    pub offset: u64,
    /// How long it is.
    pub length: u32,
}

/// Checks every line; the places of all, in the order in which they are to be stored.
pub fn check(db: &Db, source: &Source, watch: &mut dyn Watch) -> Imported<Vec<Place>> {
    let checked = db.pass_through_now(|snapshot| {
        let settings = publication::settings(snapshot)?;
        let now = snapshot.now();
        let mut checker = Checker {
            conn: snapshot,
            watch,
            now,
            later: Later::new(settings.clone()),
            settings,
            publication: None,
            names: Names::default(),
            tree: Tree::default(),
            sections: Vec::new(),
            ways: Ways::default(),
            faults: LineFaults::default(),
        };
        let places = checker.read_all(source)?;
        checker.settle(places)
    })?;
    checked.map_err(ImportError::Faulty)
}

pub(super) struct Checker<'a, 's> {
    pub conn: &'a mut Snapshot<'s>,
    watch: &'a mut dyn Watch,
    pub now: Stamp,
    /// The settings as they are.
    settings: Settings,
    /// The line that changes them.
    publication: Option<usize>,
    pub names: Names,
    tree: Tree,
    /// The sections that have a line: its number and their slug.
    sections: Vec<(usize, String)>,
    ways: Ways,
    pub later: Later,
    faults: LineFaults,
}

impl Checker<'_, '_> {
    fn read_all(&mut self, source: &Source) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        let mut lines = source.lines();
        let mut buffer = Vec::new();
        while let Some(found) = lines.read(&mut buffer)? {
            self.watch.is_at(found.offset);
            let Some(length) = found.length else {
                let detail = format!("must be at most {LONGEST} bytes");
                self.fault(found.number, String::new(), "too_long", detail);
                continue;
            };
            if buffer.trim_ascii().is_empty() {
                continue;
            }
            match Line::read(found.number, &buffer) {
                Ok(line) => {
                    let kind = line.kind;
                    self.line(line)?;
                    let (number, offset) = (found.number, found.offset);
                    places.push(Place { kind, depth: 0, number, offset, length });
                }
                Err(faults) => {
                    for Fault { place, code, detail } in faults {
                        let crate::error::Place::Pointer(pointer) = place else { continue };
                        let field = pointer.trim_start_matches('/').to_owned();
                        self.fault(found.number, field, code, detail);
                    }
                }
            }
        }
        if places.is_empty() && self.faults.faults.is_empty() {
            self.fault(1, String::new(), "missing_field", "there is no line in the bundle");
        }
        Ok(places)
    }

    fn line(&mut self, line: Line) -> Result<()> {
        if !line.name.is_empty()
            && let Some(first) = self.names.declare(line.kind, &line.name, line.number)
        {
            let field = line.kind.name_field().unwrap_or_default().to_owned();
            let detail = format!("`{}` stands in line {first} already", line.name);
            self.fault(line.number, field, "taken", detail);
        }
        match line.kind {
            Kind::Publication => self.publication(&line),
            Kind::Origin => {
                if let Some(origin) = self.thing::<Origins>(&line)? {
                    self.later.note_origin(&line.name, origin.in_house.unwrap_or(false));
                }
                Ok(())
            }
            Kind::Partner => self.thing::<Partners>(&line).map(drop),
            Kind::Section => self.section(&line),
            Kind::Author => self.thing::<Authors>(&line).map(drop),
            Kind::Tag => self.thing::<Tags>(&line).map(drop),
            Kind::Series => self.thing::<SeriesThings>(&line).map(drop),
            Kind::Media => self.thing::<Media>(&line).map(drop),
            Kind::Article => self.story(line),
            Kind::Update => self.update(line),
            Kind::List => self.thing::<Lists>(&line).map(drop),
            Kind::Appeal => self.thing::<Appeals>(&line).map(drop),
            Kind::Redirect => self.redirect(&line),
            Kind::Views => self.views(&line),
        }
    }

    fn thing<T: Thing>(&mut self, line: &Line) -> Result<Option<T::Input>> {
        let present = T::find(self.conn, &line.name)?;
        let name = present.as_ref().map(T::name);
        let name = line.kind.name_field().zip(name);
        let read = |members: &Map<String, Value>| {
            laid_over::<T::Input>(present.as_ref().map(T::form), members, name)
        };
        let input = match read(&line.members) {
            Ok(input) => input,
            Err(Error::InvalidBody(faults)) => {
                let mut rest = line.members.clone();
                rest.retain(|member, _| !faults.iter().any(|fault| member_of(fault) == member));
                self.tell(line, faults);
                // The rest of the line is checked at once, where it can be read by itself.
                let Ok(input) = read(&rest) else { return Ok(None) };
                input
            }
            Err(other) => return Err(other),
        };
        for named in T::names(&input) {
            let member = named.pointer.split('/').nth(1).unwrap_or_default();
            // What the line does not say is as it is stored.
            if line.members.contains_key(member) {
                self.names.want(self.conn, line.number, named, false)?;
            }
        }
        Ok(Some(input))
    }

    fn section(&mut self, line: &Line) -> Result<()> {
        let Some(input) = self.thing::<Sections>(line)? else { return Ok(()) };
        let slug = match there(sections::find(self.conn, &line.name))? {
            Some(present) => present.slug,
            None => line.name.clone(),
        };
        self.tree.add(&slug, input.parent.as_ref().map(|parent| parent.as_str()));
        self.sections.push((line.number, slug));
        Ok(())
    }

    fn redirect(&mut self, line: &Line) -> Result<()> {
        if let Some(RedirectInput { from, to, .. }) = self.thing::<Redirects>(line)? {
            self.ways.add(line.number, from.into_string(), to.map(Target::into_string));
        }
        Ok(())
    }

    fn publication(&mut self, line: &Line) -> Result<()> {
        if let Some(first) = self.publication.replace(line.number) {
            let detail = format!("the publication stands in line {first} already");
            self.fault(line.number, String::new(), "taken", detail);
        }
        let read = laid_over::<SettingsInput>(Some(json!(self.settings)), &line.members, None);
        if let Some(input) = self.kept(line, read)? {
            self.later.settings = Settings::from(input);
        }
        Ok(())
    }

    fn views(&mut self, line: &Line) -> Result<()> {
        let read = ViewsLine::read(&line.members, self.now);
        if let Some(views) = self.kept(line, read)? {
            self.names.want(self.conn, line.number, views.named(), false)?;
        }
        Ok(())
    }

    /// What was read; its faults are noted in its place.
    pub fn kept<T>(&mut self, line: &Line, read: Result<T>) -> Result<Option<T>> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(Error::InvalidBody(faults)) => {
                self.tell(line, faults);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Notes faults of a line.
    pub fn tell(&mut self, line: &Line, faults: Vec<Fault>) {
        for fault in faults {
            self.fault(line.number, line.field(&fault), fault.code, fault.detail);
        }
    }

    /// Notes a fault.
    pub fn fault(
        &mut self,
        line: usize,
        field: impl Into<String>,
        code: &'static str,
        detail: impl Into<String>,
    ) {
        self.faults.add(LineFault { line, field: field.into(), code, detail: detail.into() });
    }

    /// Passes a warning on.
    pub fn warn(&mut self, line: usize, warning: &Warning) {
        self.watch.warns(line, warning);
    }

    /// What can be told only when every line is read; then the places in order, or all faults.
    fn settle(mut self, mut places: Vec<Place>) -> Result<std::result::Result<Vec<Place>, LineFaults>> {
        for Open { line, named, may_be_missing } in self.names.missing() {
            let field = named.pointer.trim_start_matches('/').to_owned();
            let detail =
                format!("there is no {} `{}`, in the bundle or here", named.kind.as_str(), named.name);
            if may_be_missing {
                self.warn(line, &Warning::about(&field, "unknown_reference", detail));
            } else {
                self.fault(line, field, "unknown_reference", detail);
            }
        }
        let base_url = self.later.settings.base_url.clone();
        let later = std::mem::replace(&mut self.later, Later::new(self.settings.clone()));
        for Late { line, field, code, detail } in later.judge(self.conn, &self.names)? {
            self.fault(line, field, code, detail);
        }
        let mut depths = HashMap::new();
        for (line, slug) in std::mem::take(&mut self.sections) {
            match self.tree.depth(self.conn, &slug)? {
                Ok(depth) => drop(depths.insert(line, depth)),
                Err(detail) => self.fault(line, "parent", "invalid_value", detail),
            }
        }
        for Way { line, followed_by } in self.ways.judge(self.conn, &base_url)? {
            match followed_by {
                Some(redirects) => drop(depths.insert(line, redirects)),
                None => self.fault(line, "to", LOOP, "would lead back to itself"),
            }
        }
        if !self.faults.faults.is_empty() {
            self.faults.faults.sort_by_key(|fault| fault.line);
            return Ok(Err(self.faults));
        }
        for place in &mut places {
            place.depth = depths.get(&place.number).copied().unwrap_or(0);
        }
        places.sort_by_key(|place| (place.kind, place.depth, place.number));
        Ok(Ok(places))
    }
}
