-- What became of the health of nodes, for people and for reports. Nothing decides by it.
create table health_changes (
    id          bigint generated always as identity primary key,
    node        text        not null,
    revision    bigint      not null,
    happened_at timestamptz not null,
    was_ready   text        not null,
    is_ready    text        not null,
    reason      text        not null,
    message     text        not null,
    unique (node, revision)
);

create index health_changes_by_time on health_changes (happened_at);
