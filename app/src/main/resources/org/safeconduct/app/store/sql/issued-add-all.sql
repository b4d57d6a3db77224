insert into issued (epoch, person, commitment, generation, replaced)
select *, 0 from unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::integer[])
