select count(*) as persons, coalesce(sum(replaced), 0) as replaced from issued where epoch = :epoch
