-- Everything an office keeps. No client address, no token, no code, no name, and no time finer than a day.

-- Keys wrapped under the operator's key, and which office this is.
create table meta (
    name text not null primary key,
    value ${bytes} not null
)${clustered};

-- The register, byte for byte as published.
create table line (
    position bigint not null primary key,
    leaf ${bytes} not null unique,
    line ${bytes} not null
);

-- Every size ever signed, so that one size can never be signed with two roots.
create table checkpoint (
    size bigint not null primary key,
    root ${bytes} not null,
    note text not null
);

-- Secret keys of epochs that are not closed yet, wrapped.
create table epoch_key (
    epoch ${bytes} not null primary key,
    wrapped ${bytes} not null
)${clustered};

-- Who holds the right. person is a keyed hash; offer_hash and tx_hash lead back to no code without it or the key.
-- A replacement is a second row of the next generation; its first redemption deletes the older ones.
create table enrolment (
    offer_hash ${bytes} not null primary key,
    scheme ${bytes} not null,
    person ${bytes} not null,
    generation integer not null,
    attribute_values text not null,
    tx_hash ${bytes},
    tries_left integer not null,
    wallet_hash ${bytes},
    unique (scheme, person, generation)
)${updated};

-- One pass for each person and epoch: the hash of the commitment that got it.
create table issued (
    epoch ${bytes} not null,
    person ${bytes} not null,
    commitment ${bytes} not null,
    generation integer not null,
    replaced integer not null,
    primary key (epoch, person)
)${clustered};

-- How many passes of an epoch were issued on a day (days since 1970, UTC), for the daily cap.
create table issued_on_day (
    epoch ${bytes} not null,
    day bigint not null,
    passes bigint not null,
    primary key (epoch, day)
)${clustered};
