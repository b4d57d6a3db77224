select line from line where position >= :from order by position
