select note from checkpoint order by size desc limit 1
