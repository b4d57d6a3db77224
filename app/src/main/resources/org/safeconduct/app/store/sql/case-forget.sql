-- The newest is kept: numbers count on from it.
delete from warning_case where until_hour < :hour and number < (select max(newer.number) from warning_case newer)
