-- issued-add and day-add for many at once, on PostgreSQL.
insert into issued (epoch, person, commitment, generation, replaced)
select *, 0 from unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::integer[]);
update issued_on_day set passes = passes + added
from unnest(?::bytea[], ?::bigint[]) as asked (asked_epoch, added) where epoch = asked_epoch and day = ?
