//! The tables, for diesel. A test holds this file and both migration folders together.

#![expect(missing_docs, reason = "the migrations tell what each table holds")]

diesel::table! {
    log_counter (id) {
        id -> Integer,
        seq -> BigInt,
        live_at -> BigInt,
        epoch -> Text,
    }
}

diesel::table! {
    changes (seq) {
        seq -> BigInt,
        at -> BigInt,
        audience -> Text,
        kind -> Text,
        entity -> Text,
        entity_id -> Text,
        version -> Nullable<Integer>,
        actor -> Text,
        bulk -> Bool,
        keys -> Text,
        detail -> Text,
    }
}

diesel::table! {
    followers (name) {
        name -> Text,
        seq -> BigInt,
    }
}

diesel::table! {
    webhooks (id) {
        id -> Text,
        partner_id -> Nullable<Text>,
        url -> Text,
        events -> Nullable<Text>,
        active -> Bool,
        secret_kid -> Text,
        secret_number -> Integer,
        previous_kid -> Nullable<Text>,
        previous_number -> Nullable<Integer>,
        previous_until -> Nullable<BigInt>,
        busy_until -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    webhook_deliveries (id) {
        id -> Text,
        webhook_id -> Text,
        seq -> Nullable<BigInt>,
        kind -> Text,
        state -> Text,
        attempts -> Integer,
        status -> Nullable<Integer>,
        fault -> Nullable<Text>,
        duration_ms -> Nullable<Integer>,
        next_try_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    agenda (kind, entity_id) {
        kind -> Text,
        entity_id -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    receipts (actor, key) {
        actor -> Text,
        key -> Text,
        seal -> Text,
        at -> BigInt,
        answer -> Nullable<Text>,
        made -> Nullable<Text>,
    }
}

diesel::table! {
    partners (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        state -> Text,
        created_at -> BigInt,
        agreement -> Text,
    }
}

diesel::table! {
    partner_grants (id) {
        id -> Text,
        partner_id -> Text,
        kind -> Text,
        entity_id -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    quota_periods (partner_id, begins_at) {
        partner_id -> Text,
        begins_at -> BigInt,
        used -> Integer,
    }
}

diesel::table! {
    quota_stories (partner_id, begins_at, article_id) {
        partner_id -> Text,
        begins_at -> BigInt,
        article_id -> Text,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        email -> Text,
        email_key -> Text,
        name -> Text,
        name_key -> Text,
        role -> Text,
        state -> Text,
        may_publish -> Bool,
        password_hash -> Nullable<Text>,
        epoch -> BigInt,
        created_at -> BigInt,
        last_sign_in_at -> Nullable<BigInt>,
        author_id -> Nullable<Text>,
        desks -> Text,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        refresh_hash -> Text,
        previous_hash -> Nullable<Text>,
        rotated_at -> BigInt,
        created_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    api_keys (id) {
        id -> Text,
        name -> Text,
        name_key -> Text,
        scope -> Text,
        hash -> Text,
        hint -> Text,
        partner_id -> Nullable<Text>,
        user_id -> Nullable<Text>,
        addresses -> Text,
        created_at -> BigInt,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
        last_used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    slugs (kind, slug) {
        kind -> Text,
        slug -> Text,
        entity_id -> Text,
        was_public -> Bool,
    }
}

diesel::table! {
    paths (path) {
        path -> Text,
        article_id -> Text,
    }
}

diesel::table! {
    merged (id) {
        id -> Text,
        kind -> Text,
        into_id -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    gone (article_id) {
        article_id -> Text,
        at -> BigInt,
        kind -> Text,
        reason -> Nullable<Text>,
        partner_note -> Nullable<Text>,
    }
}

diesel::table! {
    publication (id) {
        id -> Integer,
        settings -> Text,
        changed_at -> BigInt,
    }
}

diesel::table! {
    origins (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        name_key -> Text,
        url -> Nullable<Text>,
        in_house -> Bool,
        policy -> Nullable<Text>,
        contact -> Nullable<Text>,
    }
}

diesel::table! {
    authors (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        bio -> Nullable<Text>,
        image -> Nullable<Text>,
        website -> Nullable<Text>,
        email -> Nullable<Text>,
        social -> Text,
        active -> Bool,
    }
}

diesel::table! {
    sections (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        parent_id -> Nullable<Text>,
        path -> Text,
        description -> Nullable<Text>,
        position -> Integer,
    }
}

diesel::table! {
    tags (id) {
        id -> Text,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        #[sql_name = "type"]
        kind -> Text,
        description -> Nullable<Text>,
        uri -> Nullable<Text>,
    }
}

diesel::table! {
    series (id) {
        id -> Text,
        slug -> Text,
        title -> Text,
        title_key -> Text,
        description -> Nullable<Text>,
    }
}

diesel::table! {
    media (id) {
        id -> Text,
        key -> Text,
        url -> Text,
        mime -> Nullable<Text>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        alt -> Nullable<Text>,
        decorative -> Bool,
        caption -> Nullable<Text>,
        credit -> Nullable<Text>,
        focal -> Nullable<Text>,
        syndication -> Text,
        leases -> Text,
        words_key -> Text,
    }
}

diesel::table! {
    articles (id) {
        id -> Text,
        state -> Text,
        state_before -> Nullable<Text>,
        revision -> Integer,
        live_revision -> Nullable<Integer>,
        version -> Integer,
        slug -> Text,
        headline -> Nullable<Text>,
        headline_key -> Text,
        #[sql_name = "type"]
        kind -> Text,
        locale -> Text,
        section_id -> Nullable<Text>,
        origin_id -> Nullable<Text>,
        path -> Nullable<Text>,
        published_slug -> Nullable<Text>,
        published_at -> Nullable<BigInt>,
        first_published_at -> Nullable<BigInt>,
        substantive_at -> Nullable<BigInt>,
        modified_at -> Nullable<BigInt>,
        scheduled_at -> Nullable<BigInt>,
        scheduled_revision -> Nullable<Integer>,
        created_at -> BigInt,
        updated_at -> BigInt,
        owner_id -> Nullable<Text>,
        assignee_id -> Nullable<Text>,
        notes -> Nullable<Text>,
        source_id -> Nullable<Text>,
        translation_group -> Nullable<Text>,
        withheld -> Bool,
    }
}

diesel::table! {
    revisions (article_id, revision) {
        article_id -> Text,
        revision -> Integer,
        saved_at -> BigInt,
        saved_by -> Text,
        note -> Nullable<Text>,
        story -> Text,
    }
}

diesel::table! {
    article_uses (kind, entity_id, article_id) {
        article_id -> Text,
        kind -> Text,
        entity_id -> Text,
    }
}

diesel::table! {
    live_articles (id) {
        id -> Text,
        version -> Integer,
        slug -> Text,
        #[sql_name = "type"]
        kind -> Text,
        headline -> Text,
        headline_key -> Text,
        kicker -> Nullable<Text>,
        standfirst -> Nullable<Text>,
        summary -> Nullable<Text>,
        url -> Text,
        canonical_url -> Text,
        locale -> Text,
        access -> Text,
        published_at -> BigInt,
        first_published_at -> BigInt,
        updated_at -> BigInt,
        modified_at -> BigInt,
        changed_at -> BigInt,
        changed_seq -> BigInt,
        section_id -> Text,
        primary_tag_id -> Nullable<Text>,
        series_id -> Nullable<Text>,
        series_part -> Nullable<Integer>,
        lead_media_id -> Nullable<Text>,
        origin_id -> Text,
        republishable -> Bool,
        word_count -> Integer,
        reading_minutes -> Integer,
        translation_group -> Nullable<Text>,
        facts -> Text,
        body -> Text,
        offered -> Bool,
    }
}

diesel::table! {
    live_article_territories (article_id, territory, allowed) {
        article_id -> Text,
        territory -> Text,
        allowed -> Bool,
    }
}

diesel::table! {
    live_article_sections (section_id, published_at, article_id) {
        section_id -> Text,
        published_at -> BigInt,
        article_id -> Text,
    }
}

diesel::table! {
    live_article_tags (tag_id, published_at, article_id) {
        tag_id -> Text,
        published_at -> BigInt,
        article_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    live_article_authors (author_id, published_at, article_id, role) {
        author_id -> Text,
        published_at -> BigInt,
        article_id -> Text,
        role -> Text,
        position -> Integer,
    }
}

diesel::table! {
    live_article_media (media_id, article_id) {
        media_id -> Text,
        article_id -> Text,
    }
}

diesel::table! {
    versions (article_id, version) {
        article_id -> Text,
        version -> Integer,
        revision -> Integer,
        at -> BigInt,
        story -> Text,
    }
}

diesel::table! {
    article_locks (article_id) {
        article_id -> Text,
        user_id -> Text,
        since -> BigInt,
        until -> BigInt,
    }
}

diesel::table! {
    preview_tokens (id) {
        id -> Text,
        article_id -> Text,
        revision -> Nullable<Integer>,
        made_by -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    live_article_corrections (article_id, position) {
        article_id -> Text,
        position -> Integer,
        at -> BigInt,
    }
}

diesel::table! {
    live_updates (id) {
        id -> Text,
        article_id -> Text,
        at -> BigInt,
        headline -> Nullable<Text>,
        body -> Text,
        key_event -> Bool,
        pinned -> Bool,
        removed -> Bool,
        changed_seq -> BigInt,
    }
}

diesel::table! {
    live_update_authors (update_id, position) {
        update_id -> Text,
        position -> Integer,
        author_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    live_update_media (update_id, media_id) {
        update_id -> Text,
        media_id -> Text,
    }
}

diesel::table! {
    lists (id) {
        id -> Text,
        key -> Text,
        title -> Text,
        title_key -> Text,
        items -> Text,
    }
}

diesel::table! {
    list_articles (article_id, list_id) {
        article_id -> Text,
        list_id -> Text,
    }
}

diesel::table! {
    appeals (id) {
        id -> Text,
        key -> Text,
        title -> Text,
        title_key -> Text,
        paragraphs -> Text,
        signature -> Nullable<Text>,
        cta -> Nullable<Text>,
        after_block -> Nullable<Integer>,
        starts_at -> Nullable<BigInt>,
        ends_at -> Nullable<BigInt>,
        sections -> Text,
        active -> Bool,
    }
}

diesel::table! {
    redirects (id) {
        id -> Text,
        path -> Text,
        path_key -> Text,
        target -> Nullable<Text>,
        status -> Integer,
    }
}

diesel::table! {
    views (hour, article_id, imported) {
        hour -> BigInt,
        article_id -> Text,
        imported -> Bool,
        count -> BigInt,
    }
}

diesel::table! {
    popular (span, rank) {
        span -> Text,
        rank -> Integer,
        article_id -> Text,
        score -> Double,
    }
}

diesel::table! {
    placements (id) {
        id -> Text,
        article_id -> Text,
        version -> Integer,
        partner_id -> Text,
        channel -> Text,
        created_at -> BigInt,
        first_fetched_at -> Nullable<BigInt>,
        last_fetched_at -> Nullable<BigInt>,
        last_seen -> Nullable<BigInt>,
        host -> Nullable<Text>,
        url -> Nullable<Text>,
        replaced_at -> Nullable<BigInt>,
        alive_told_at -> Nullable<BigInt>,
        counted -> BigInt,
        repeat -> BigInt,
        bot -> BigInt,
        prefetch -> BigInt,
        undeduped -> BigInt,
    }
}

diesel::table! {
    uses (id) {
        id -> Text,
        at -> BigInt,
        kind -> Text,
        partner_id -> Text,
        article_id -> Text,
        version -> Integer,
        channel -> Text,
        territory -> Nullable<Text>,
        verdict -> Text,
        reasons -> Text,
        key_hint -> Nullable<Text>,
        used_at -> BigInt,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    pixel_hits (article_id, version, partner_id, channel, hour, host, class) {
        hour -> BigInt,
        article_id -> Text,
        version -> Integer,
        partner_id -> Text,
        channel -> Text,
        host -> Text,
        class -> Text,
        count -> BigInt,
    }
}

diesel::table! {
    checks (id) {
        id -> Text,
        partner_id -> Text,
        article_id -> Nullable<Text>,
        version -> Nullable<Integer>,
        url -> Nullable<Text>,
        host -> Nullable<Text>,
        source -> Text,
        due_at -> Nullable<BigInt>,
        checked_at -> Nullable<BigInt>,
        findings -> Nullable<Text>,
    }
}

diesel::table! {
    check_hosts (host) {
        host -> Text,
        until -> BigInt,
    }
}

diesel::table! {
    notices (id) {
        id -> Text,
        seq -> BigInt,
        partner_id -> Text,
        article_id -> Text,
        version -> Integer,
        kind -> Text,
        severity -> Text,
        words -> Text,
        opened_at -> BigInt,
        due_at -> BigInt,
        fetched_at -> Nullable<BigInt>,
        acknowledged_at -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        url -> Nullable<Text>,
        claimed_at -> Nullable<BigInt>,
        verified_at -> Nullable<BigInt>,
        overdue_at -> Nullable<BigInt>,
    }
}

diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(api_keys -> partners (partner_id));
diesel::joinable!(api_keys -> users (user_id));
diesel::joinable!(articles -> sections (section_id));
diesel::joinable!(articles -> origins (origin_id));
diesel::joinable!(revisions -> articles (article_id));
diesel::joinable!(article_uses -> articles (article_id));
diesel::joinable!(live_articles -> articles (id));
diesel::joinable!(live_articles -> sections (section_id));
diesel::joinable!(live_articles -> tags (primary_tag_id));
diesel::joinable!(live_articles -> series (series_id));
diesel::joinable!(live_articles -> media (lead_media_id));
diesel::joinable!(live_articles -> origins (origin_id));
diesel::joinable!(live_article_sections -> sections (section_id));
diesel::joinable!(live_article_sections -> live_articles (article_id));
diesel::joinable!(live_article_tags -> tags (tag_id));
diesel::joinable!(live_article_tags -> live_articles (article_id));
diesel::joinable!(live_article_authors -> authors (author_id));
diesel::joinable!(live_article_authors -> live_articles (article_id));
diesel::joinable!(live_article_media -> media (media_id));
diesel::joinable!(live_article_media -> live_articles (article_id));
diesel::joinable!(live_article_corrections -> live_articles (article_id));
diesel::joinable!(live_article_territories -> live_articles (article_id));
diesel::joinable!(live_updates -> articles (article_id));
diesel::joinable!(live_update_authors -> live_updates (update_id));
diesel::joinable!(live_update_media -> live_updates (update_id));
diesel::joinable!(article_locks -> articles (article_id));
diesel::joinable!(preview_tokens -> articles (article_id));
diesel::joinable!(versions -> articles (article_id));
diesel::joinable!(list_articles -> articles (article_id));
diesel::joinable!(list_articles -> lists (list_id));
diesel::joinable!(views -> articles (article_id));
diesel::joinable!(popular -> articles (article_id));
diesel::joinable!(checks -> partners (partner_id));
diesel::joinable!(checks -> articles (article_id));

diesel::joinable!(webhooks -> partners (partner_id));
diesel::joinable!(webhook_deliveries -> webhooks (webhook_id));

diesel::allow_tables_to_appear_in_same_query!(
    webhooks,
    webhook_deliveries,
    log_counter,
    changes,
    agenda,
    partners,
    partner_grants,
    quota_periods,
    quota_stories,
    users,
    sessions,
    api_keys,
    slugs,
    paths,
    gone,
    merged,
    publication,
    origins,
    authors,
    sections,
    tags,
    series,
    media,
    articles,
    revisions,
    article_uses,
    live_articles,
    live_article_sections,
    live_article_tags,
    live_article_authors,
    live_article_media,
    live_article_corrections,
    live_article_territories,
    live_updates,
    live_update_authors,
    live_update_media,
    article_locks,
    preview_tokens,
    versions,
    lists,
    list_articles,
    appeals,
    redirects,
    views,
    popular,
    notices,
    placements,
    uses,
    pixel_hits,
    checks,
    check_hosts,
);
