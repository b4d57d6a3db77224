-- All that the index has left out, but the newest of each region, which the next one names.
delete from warning_batch where day <= :day
and sequence < (select max(newer.sequence) from warning_batch newer where newer.region = warning_batch.region)
