//! The second reading: the lines are stored by kind, in short transactions.
//!
//! A transaction ends after a few lines or a few milliseconds, and the next one waits a little: another process
//! that wants to write gets its turn, on SQLite too, where a writer polls for it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use super::check::Place;
use super::laid::laid_over;
use super::line::Line;
use super::source::Source;
use super::story::StoryLine;
use super::update::UpdateLine;
use super::views::ViewsLine;
use super::{ImportError, Imported, Outcome, Report, Stored, Watch};
use crate::db::types::Stamp;
use crate::db::{Actor, Db, Engine, Tx};
use crate::error::{Error, Result};
use crate::popularity::{self, ViewsImport, Window};
use crate::publication::views::SettingsInput;
use crate::publication::{self, Settings};
use crate::transfer::Kind;
use crate::transfer::things::{
    Appeals, Authors, Lists, Media, Origins, Partners, Redirects, Sections, SeriesThings, Tags, Thing,
};

/// The most lines of a transaction.
const MOST_LINES: usize = 100;
/// The most bytes of lines that are held for one.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// How long a transaction goes on taking lines.
const LONG_ENOUGH: Duration = Duration::from_millis(60);
/// How much of its time others get on SQLite: a part of what the transaction took.
const SHARE: u32 = 4;

/// Stores every line, in the order of `places`, and ranks anew.
pub fn store(db: &Db, source: &Source, places: &[Place], watch: &mut dyn Watch) -> Imported<Report> {
    let mut report = Report::default();
    let mut run = Run { begun: db.now(), views: ViewsImport::default(), grants: Vec::new() };
    let mut coming = places.iter();
    let mut ready: VecDeque<Ready> = VecDeque::new();
    let mut done = 0;
    loop {
        fill(&mut ready, &mut coming, source, run.begun)?;
        if ready.is_empty() {
            break;
        }
        let batch = store_some(db, std::mem::take(&mut ready), run)?;
        run = batch.run;
        ready = batch.rest;
        for (kind, line, stored) in batch.stored {
            done += 1;
            report.note(kind, stored.outcome);
            for warning in &stored.warnings {
                watch.warns(line, warning);
            }
        }
        watch.is_at(done);
    }
    for (line, waiting) in run.grants {
        let granted = db.write_now(Actor::import(), move |tx| waiting.store(tx));
        report.note(Kind::Partner, granted.map_err(|error| ImportError::CutShort { line, error })?.value);
        done += 1;
        watch.is_at(done);
    }
    if report.counts.contains_key(&Kind::Views) {
        db.write_now(Actor::import(), |tx| popularity::rank(tx, &Window::ALL))?;
    }
    Ok(report)
}

/// What lasts over the transactions of one import.
struct Run {
    /// The moment of import.
    begun: Stamp,
    views: ViewsImport,
    /// Partners' lines whose grants name what is stored after them, by the number of the line.
    grants: Vec<(usize, Grants)>,
}

/// A partner whose grants wait. One that the import made is granted everything until then; nobody has a key
/// of it yet.
struct Grants {
    line: Line,
    so_far: Outcome,
}

impl Grants {
    fn store(self, tx: &mut Tx) -> Result<Outcome> {
        let granted = put::<Partners>(tx, &self.line)?;
        Ok(if self.so_far == Outcome::Unchanged { granted } else { self.so_far })
    }
}

/// A line that is read and needs the database alone.
struct Ready {
    number: usize,
    bytes: usize,
    what: What,
}

enum What {
    Line(Line),
    Story(Box<StoryLine>),
    Update(Box<UpdateLine>),
    Views(ViewsLine),
}

impl What {
    fn kind(&self) -> Kind {
        match self {
            What::Line(line) => line.kind,
            What::Story(_) => Kind::Article,
            What::Update(_) => Kind::Update,
            What::Views(_) => Kind::Views,
        }
    }
}

/// Reads lines ahead, as many as one transaction may take.
fn fill<'p>(
    ready: &mut VecDeque<Ready>,
    coming: &mut impl Iterator<Item = &'p Place>,
    source: &Source,
    begun: Stamp,
) -> Imported<()> {
    let mut bytes: usize = ready.iter().map(|line| line.bytes).sum();
    while ready.len() < MOST_LINES && bytes < MOST_BYTES {
        let Some(place) = coming.next() else { break };
        let what = read(place, source, begun)
            .map_err(|error| ImportError::CutShort { line: place.number, error })?;
        bytes += place.length as usize;
        ready.push_back(Ready { number: place.number, bytes: place.length as usize, what });
    }
    Ok(())
}

fn read(place: &Place, source: &Source, begun: Stamp) -> Result<What> {
    let bytes = source.line(place.offset, place.length)?;
    let mut line = Line::read(place.number, &bytes).map_err(Error::InvalidBody)?;
    Ok(match line.kind {
        Kind::Article => {
            let (story, faults) = StoryLine::read(&mut line);
            if !faults.is_empty() {
                return Err(Error::InvalidBody(faults));
            }
            What::Story(Box::new(story))
        }
        Kind::Update => {
            let (update, faults) = UpdateLine::read(&mut line);
            if !faults.is_empty() {
                return Err(Error::InvalidBody(faults));
            }
            What::Update(Box::new(update))
        }
        Kind::Views => What::Views(ViewsLine::read(&line.members, begun)?),
        Kind::Publication | Kind::Origin | Kind::Partner | Kind::Section | Kind::Author | Kind::Tag => {
            What::Line(line)
        }
        Kind::Series | Kind::Media | Kind::List | Kind::Appeal | Kind::Redirect => What::Line(line),
    })
}

/// What one transaction stored, and what it left for the next.
struct Batch {
    run: Run,
    stored: Vec<(Kind, usize, Stored)>,
    rest: VecDeque<Ready>,
}

fn store_some(db: &Db, ready: VecDeque<Ready>, run: Run) -> Imported<Batch> {
    let at = Arc::new(AtomicUsize::new(0));
    let here = at.clone();
    let since = Instant::now();
    let written = db.write_now(Actor::import(), move |tx| store_in(tx, ready, run, &here));
    if matches!(db.engine(), Engine::Sqlite(_)) {
        sleep(since.elapsed().min(LONG_ENOUGH * 2) / SHARE);
    }
    match written {
        Ok(written) => Ok(written.value),
        Err(error) => match at.load(Ordering::Relaxed) {
            0 => Err(ImportError::Failed(error)),
            line => Err(ImportError::CutShort { line, error }),
        },
    }
}

fn store_in(tx: &mut Tx, mut rest: VecDeque<Ready>, mut run: Run, at: &AtomicUsize) -> Result<Batch> {
    let since = Instant::now();
    let mut stored = Vec::new();
    while let Some(Ready { number, what, .. }) = rest.pop_front() {
        at.store(number, Ordering::Relaxed);
        let kind = what.kind();
        let done = match what {
            What::Line(line) if line.members.contains_key("grants") => {
                let mut without = line.clone();
                without.members.remove("grants");
                let so_far = put::<Partners>(tx, &without)?;
                run.grants.push((number, Grants { line, so_far }));
                continue;
            }
            What::Line(line) => store_line(tx, &line)?,
            What::Story(story) => story.store(tx)?,
            What::Update(update) => update.store(tx)?,
            What::Views(views) => {
                views.store(tx, &mut run.views)?;
                Stored { outcome: Outcome::Made, warnings: Vec::new() }
            }
        };
        stored.push((kind, number, done));
        if since.elapsed() > LONG_ENOUGH {
            break;
        }
    }
    at.store(0, Ordering::Relaxed);
    Ok(Batch { run, stored, rest })
}

fn store_line(tx: &mut Tx, line: &Line) -> Result<Stored> {
    let outcome = match line.kind {
        Kind::Publication => store_settings(tx, line),
        Kind::Origin => put::<Origins>(tx, line),
        Kind::Partner => put::<Partners>(tx, line),
        Kind::Section => put::<Sections>(tx, line),
        Kind::Author => put::<Authors>(tx, line),
        Kind::Tag => put::<Tags>(tx, line),
        Kind::Series => put::<SeriesThings>(tx, line),
        Kind::Media => put::<Media>(tx, line),
        Kind::List => put::<Lists>(tx, line),
        Kind::Appeal => put::<Appeals>(tx, line),
        Kind::Redirect => put::<Redirects>(tx, line),
        Kind::Article | Kind::Update | Kind::Views => Ok(Outcome::Unchanged),
    };
    Ok(Stored { outcome: outcome?, warnings: Vec::new() })
}

fn put<T: Thing>(tx: &mut Tx, line: &Line) -> Result<Outcome> {
    let Some(present) = T::find(tx, &line.name)? else {
        T::create(tx, laid_over(None, &line.members, None)?)?;
        return Ok(Outcome::Made);
    };
    let name = line.kind.name_field().map(|field| (field, T::name(&present)));
    let input = laid_over(Some(T::form(&present)), &line.members, name)?;
    let after = T::change(tx, &present, input)?;
    Ok(if after == present { Outcome::Unchanged } else { Outcome::Changed })
}

fn store_settings(tx: &mut Tx, line: &Line) -> Result<Outcome> {
    let present = publication::settings(tx)?;
    let input: SettingsInput = laid_over(Some(json!(present)), &line.members, None)?;
    let after = publication::change_settings(tx, Settings::from(input))?;
    Ok(if after == present { Outcome::Unchanged } else { Outcome::Changed })
}
