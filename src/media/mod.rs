//! stub
#![allow(missing_docs)]
use crate::articles::cards::LeadMedia;
use crate::body::KnownAsset;
use crate::db::Conn;
use crate::db::ids::MediaId;
use crate::error::Result;
use crate::rights;
pub struct Asset {
    pub id: MediaId,
    pub facts: Facts,
}
pub struct Facts {
    pub url: String,
    pub alt: Option<String>,
    pub decorative: bool,
}
impl Asset {
    pub fn leases_for_rights(&self) -> Vec<rights::Lease<'_>> {
        Vec::new()
    }
    pub fn for_rights<'a>(&'a self, leases: &'a [rights::Lease<'a>]) -> rights::Media<'a> {
        rights::Media { id: "", key: None, credit: None, syndication_allowed: false, leases }
    }
    pub fn known(&self) -> KnownAsset {
        KnownAsset::default()
    }
    pub fn lead(&self) -> LeadMedia {
        unimplemented!()
    }
}
pub fn by_ids(_: &mut Conn, _: &[MediaId]) -> Result<Vec<Asset>> {
    Ok(Vec::new())
}
pub fn by_urls(_: &mut Conn, _: &[String]) -> Result<Vec<Asset>> {
    Ok(Vec::new())
}
pub fn find_if_any(_: &mut Conn, _: &str) -> Result<Option<Asset>> {
    Ok(None)
}
