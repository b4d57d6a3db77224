select batch from warning_batch where file_hash = :file_hash
