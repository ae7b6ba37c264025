//! stub
#![allow(missing_docs)]
use super::cards::*;
use crate::body::Document;
use serde::Serialize;
use utoipa::ToSchema;
macro_rules! stub { ($($n:ident $s:ty),*) => {$( #[derive(Serialize, ToSchema)] pub struct $n { x: i32 } impl From<$s> for $n { fn from(_: $s) -> Self { $n { x: 1 } } } )*} }
stub!(ArticleAuthor ShortAuthor, ArticleOrigin ShortOrigin, ArticleSection ShortSection, ArticleSeries ShortSeries, ArticleTag ShortTag, LeadImage LeadMedia);
#[derive(Serialize, ToSchema)]
pub struct ArticleBody {
    x: i32,
}
impl ArticleBody {
    pub fn blocks(_: &Document) -> Self {
        ArticleBody { x: 1 }
    }
}
