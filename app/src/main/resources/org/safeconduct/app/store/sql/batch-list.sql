select region, sequence, file_hash, day from warning_batch where day > :day order by region, sequence
