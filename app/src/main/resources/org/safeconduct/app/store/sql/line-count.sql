select count(*) from line
