select number, token, region, from_hour, until_hour, state from warning_case where number = :number
