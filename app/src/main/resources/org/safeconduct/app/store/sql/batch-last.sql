-- The newest batch is kept for the chain, however old it is.
select sequence, file_hash, day from warning_batch where region = :region order by sequence desc limit 1
