-- What the authority keeps to warn visitors. No client address, no token, no visitor, and no time finer than a day but
-- the hours that are warned.

-- The secret keys of the authority, wrapped; named by the leaf of its line.
create table authority_key (
    authority ${bytes} not null primary key,
    wrapped ${bytes} not null
)${clustered};

-- Permissions to upload once. token is a hash. upload is wrapped, and there only until somebody confirms or withdraws.
create table warning_case (
    number bigint not null primary key,
    token ${bytes} not null unique,
    region integer not null,
    from_hour bigint not null,
    until_hour bigint not null,
    state text not null,
    upload ${bytes}
);

-- Published batches, byte for byte; day is that of publication (days since 1970, UTC).
create table warning_batch (
    region integer not null,
    sequence bigint not null,
    file_hash ${bytes} not null unique,
    batch ${bytes} not null,
    day bigint not null,
    primary key (region, sequence)
);

-- The one file that changes: which batches there are, signed.
create table warning_index (
    authority ${bytes} not null primary key,
    file ${bytes} not null
)${clustered};

-- Codes of paper slips, random ones among them; day is that of publication.
create table warning_slip (
    hour bigint not null,
    code text not null,
    day bigint not null,
    primary key (hour, code)
)${clustered};
