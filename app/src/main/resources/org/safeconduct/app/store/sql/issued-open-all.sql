-- day-open for many epochs at once, on PostgreSQL, and in the same trip, but after it has the locks, what is spent already.
insert into issued_on_day (epoch, day, passes) select asked.epoch, ?, 0 from unnest(?::bytea[]) as asked (epoch)
on conflict (epoch, day) do update set passes = issued_on_day.passes
returning epoch, passes;
select epoch, person, commitment, generation
from unnest(?::bytea[], ?::bytea[]) as asked (asked_epoch, asked_person) join issued on epoch = asked_epoch and person = asked_person
