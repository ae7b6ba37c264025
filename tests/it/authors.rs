//! Authors.

use crate::harness::desks;

#[actix_web::test]
async fn an_author_whom_no_live_story_names_is_not_public() {
    for desk in desks() {
        desk.anyone().get("/v1/authors").await.expect(200);
        desk.anyone().get("/v1/authors/ines-duarte").await.problem(404, "not_found");
        desk.anyone().get("/v1/authors?limt=3").await.problem(400, "unknown_parameter");
    }
}
