-- Locks the day of the epoch until the transaction ends, so that nodes cannot pass the cap together.
insert into issued_on_day (epoch, day, passes) values (?, ?, 0)
on conflict (epoch, day) do update set passes = issued_on_day.passes
returning passes
