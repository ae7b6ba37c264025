//! Each operation of the document with nobody, with too little, and with the least that it asks for.

use serde_json::Value;
use wiredesk::auth::Role;

use crate::harness::{Answer, Call, Desk, desks, document};

/// An operation, as a request that says nothing in particular.
struct Asked {
    method: String,
    path: String,
    /// The least role; empty where any credential will do, none where none is needed.
    needs: Option<String>,
    takes_credentials: bool,
    body: Option<(String, Vec<u8>)>,
    of_sign_in: bool,
}

fn operations() -> Vec<Asked> {
    let paths = document()["paths"].as_object().unwrap();
    let all = paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().iter().map(move |(m, o)| (path, m, o)));
    all.map(|(path, method, operation)| asked(path, method, operation)).collect()
}

fn asked(path: &str, method: &str, operation: &Value) -> Asked {
    let security = operation["security"].as_array().unwrap();
    let bearer = security.iter().find_map(|way| way.get("bearer"));
    let open = security.contains(&serde_json::json!({}));
    let part = |part: &str| {
        part.split_once('{').map_or(part.to_owned(), |(before, rest)| {
            format!("{before}x1{}", rest.split_once('}').map_or("", |(_, after)| after))
        })
    };
    let content = operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
    Asked {
        method: method.to_uppercase(),
        path: path.split('/').map(part).collect::<Vec<_>>().join("/"),
        needs: (!open).then(|| bearer.unwrap()[0].as_str().unwrap_or_default().to_owned()),
        takes_credentials: bearer.is_some(),
        body: content.map(|(kind, media)| (kind.clone(), media["example"].to_string().into_bytes())),
        of_sign_in: operation["tags"][0] == "admin: sign-in",
    }
}

impl Asked {
    async fn by(&self, caller: &Call<'_>) -> Answer {
        let body = self.body.as_ref().map(|(kind, bytes)| (kind.as_str(), bytes.clone()));
        caller.clone().header("if-match", "*").send(&self.method, &self.path, body).await
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Everybody who may ask, from the least to the most.
struct Everybody<'d> {
    reader: Call<'d>,
    partner: Call<'d>,
    contributor: Call<'d>,
    author: Call<'d>,
    editor: Call<'d>,
    admin: Call<'d>,
}

impl<'d> Everybody<'d> {
    async fn at(desk: &'d Desk) -> Self {
        Everybody {
            reader: desk.reader().await,
            partner: desk.partner("The Northern Echo").await,
            contributor: desk.staff("cora@courier.example", Role::Contributor).await,
            author: desk.staff("aldo@courier.example", Role::Author).await,
            editor: desk.editor().await,
            admin: desk.admin().await,
        }
    }

    /// Those who have less than an operation asks for, and the one who has just enough.
    fn around(&self, needs: &str) -> (Vec<&Call<'d>>, &Call<'d>) {
        let outside = vec![&self.reader, &self.partner];
        match needs {
            "" => (Vec::new(), &self.reader),
            "partner" => (vec![&self.reader, &self.contributor, &self.editor, &self.admin], &self.partner),
            "contributor" => (outside, &self.contributor),
            "author" => ([outside, vec![&self.contributor]].concat(), &self.author),
            "editor" => ([outside, vec![&self.contributor, &self.author]].concat(), &self.editor),
            "admin" => ([outside, vec![&self.contributor, &self.author, &self.editor]].concat(), &self.admin),
            other => panic!("no such role: {other}"),
        }
    }
}

#[actix_web::test]
async fn an_operation_lets_in_the_least_that_it_asks_for_and_nobody_below() {
    for desk in desks() {
        let everybody = Everybody::at(&desk).await;
        for operation in operations() {
            let Some(needs) = &operation.needs else { continue };
            let nobody = operation.by(&desk.anyone()).await;
            assert_eq!(nobody.status, 401, "{} by nobody: {}", operation.name(), nobody.text());
            assert_eq!(nobody.at("/code"), "missing_credential");
            // A sign-in that ends would take the caller's own with it.
            if operation.of_sign_in {
                continue;
            }
            let (below, least) = everybody.around(needs);
            for caller in below {
                let answer = operation.by(caller).await;
                assert_eq!(answer.status, 403, "{} needs {needs}: {}", operation.name(), answer.text());
            }
            let answer = operation.by(least).await;
            let let_in = !matches!(answer.status, 401 | 403) && answer.status < 500;
            assert!(let_in, "{} as {needs}: {}", operation.name(), answer.text());
        }
    }
}

#[actix_web::test]
async fn a_bad_credential_is_never_taken_for_nobody() {
    for desk in desks() {
        let stranger = desk.bearer("wd_read_not_a_key");
        for operation in operations().iter().filter(|operation| operation.takes_credentials) {
            let answer = operation.by(&stranger).await;
            assert_eq!(answer.status, 401, "{}: {}", operation.name(), answer.text());
            assert_eq!(answer.at("/code"), "invalid_credential", "{}", operation.name());
        }
    }
}
