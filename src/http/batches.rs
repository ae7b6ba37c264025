//! Lists that are sent whole: in batches, each read when the one before it was taken, so that however long the
//! list, a batch of it is in memory.

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};
use serde::Serialize;

use crate::error::Result;

/// Sends `head`, then what `read` gives for the place of each batch, until it gives no next place; `None` where
/// there is nothing to read.
pub fn in_batches<P, R>(
    media_type: &'static str,
    head: Vec<u8>,
    first: Option<P>,
    read: impl Fn(P) -> R + 'static,
) -> HttpResponse
where
    P: 'static,
    R: Future<Output = Result<(Vec<u8>, Option<P>)>> + 'static,
{
    let batches = stream::try_unfold(first, move |place| {
        let batch = place.map(&read);
        async move {
            let Some(batch) = batch else { return Ok(None) };
            let (bytes, next) = batch.await?;
            Ok(Some((Bytes::from(bytes), next)))
        }
    });
    // A batch without bytes would end the answer.
    let head = stream::iter((!head.is_empty()).then(|| Result::Ok(Bytes::from(head))));
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    response.content_type(media_type).streaming(head.chain(batches))
}

/// Views as JSON, one a line.
pub fn json_lines<T: Serialize>(views: impl IntoIterator<Item = T>) -> Vec<u8> {
    let mut lines = Vec::new();
    for view in views {
        // A view of ours cannot fail to print.
        lines.extend(serde_json::to_vec(&view).unwrap_or_default());
        lines.push(b'\n');
    }
    lines
}
