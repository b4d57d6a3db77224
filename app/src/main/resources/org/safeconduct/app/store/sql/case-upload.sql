select upload from warning_case where number = :number and upload is not null
