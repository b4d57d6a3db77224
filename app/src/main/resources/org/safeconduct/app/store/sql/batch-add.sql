insert into warning_batch (region, sequence, file_hash, batch, day) values (:region, :sequence, :file_hash, :batch, :day)
