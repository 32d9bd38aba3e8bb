-- What staff were told of by mail, so that they are told of it once, and again where there is more of it.

CREATE TABLE alarms (
    matter  TEXT NOT NULL PRIMARY KEY,
    count   BIGINT NOT NULL,
    told_at BIGINT NOT NULL
);
