delete from issued_on_day where epoch = :epoch
