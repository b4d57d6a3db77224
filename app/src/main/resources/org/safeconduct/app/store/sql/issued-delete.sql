delete from issued where epoch = :epoch
