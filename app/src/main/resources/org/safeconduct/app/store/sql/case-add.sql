-- Numbers count from 1; the turn is held, so two cases cannot take the same.
insert into warning_case (number, token, region, from_hour, until_hour, state)
select coalesce(max(number), 0) + 1, :token, :region, :from, :until, 'open' from warning_case
returning number
